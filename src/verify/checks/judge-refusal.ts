import { validationErrorSchema } from '../../contract/failures.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { readText } from '../reading/read-content.ts';
import { readContentType, seen } from '../reading/read-head.ts';
import { next } from '../reading/stage.ts';
import type { Judged, Judgement } from './check.ts';

/** Whether a request was refused as FastAPI refuses it: 422, and what is wrong where. */
export function judgeRefusal({ request, answer, reading }: Judged): Judgement {
  const { status, body } = answer;
  const is = `The status is ${status}, not 422; the body is ${seen(body)}.`;
  if (status >= 200 && status < 300) return { code: 'refusal-accepted', reason: is };
  if (status >= 500) return { code: 'refusal-crash', reason: is };
  if (status !== 422) return { code: 'refusal-status', reason: is };
  const text = next(reading.unpacked, readText).value;
  const value = text === undefined ? undefined : parse(text);
  if (value === undefined || readContentType(answer).problem?.code === 'content-type-wrong') {
    return { code: 'refusal-not-json', reason: `The 422 is no JSON: its body is ${seen(body)}.` };
  }
  const parsed = validationErrorSchema.safeParse(value);
  if (!parsed.success) {
    return { code: 'refusal-shape', reason: `The body of the 422 is ${seen(body)}.` };
  }
  const { wrongField } = request;
  const isNamed = parsed.data.detail.some(({ loc }) => loc.some((part) => part === wrongField));
  if (wrongField === null || isNamed) return null;
  const reason = `No "loc" of the 422 has ${showValue(wrongField)} in it: ${seen(body)}.`;
  return { code: 'refusal-place', reason };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
