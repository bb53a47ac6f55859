import { diagnose } from '../../emulator/diagnosis/diagnose.ts';
import type { Judged } from './check.ts';
import { canUseLangChain, isTooLarge, raises } from './langchain.ts';

/** What the first client of this contract makes of a bad answer; null where it is none of its. */
export function consequenceOf({ request, answer, reading, terms }: Judged): string | null {
  if (request.prompt === null || isTooLarge(reading) || !canUseLangChain(terms)) return null;
  const { verdict, exception, message } = diagnose(answer, request.prompt.text);
  if (verdict === 'fine')
    return "LangChain's Modal class takes it as it is; stricter clients do not.";
  // It misses the echo, which is not what is wrong here.
  if (!terms.needsEcho && exception === 'UnboundLocalError') return null;
  return raises(exception, message);
}
