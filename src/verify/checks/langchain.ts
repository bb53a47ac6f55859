import { diagnose } from '../../emulator/diagnosis/diagnose.ts';
import type { ProblemCode } from '../problems.ts';
import type { Reading } from '../reading/reading.ts';
import { defineCheck, type Terms } from './check.ts';

/** The first client of this contract, simulated step by step. */
export const LANGCHAIN = defineCheck({
  id: 'langchain',
  title: "LangChain's Modal class returns a text for every answer.",
  why: 'The class raises on what it does not expect, and looks at nothing else.',
  of: 'every good request',
  skip: (terms) => {
    if (!terms.needsEcho) return { code: 'not-asked', reason: 'The echo was not asked for.' };
    if (canUseLangChain(terms)) return null;
    const reason = `The class posts a JSON object with "prompt" and reads "prompt"; this endpoint is ${shapeOf(terms)}.`;
    return { code: 'not-applicable', reason };
  },
  judge: ({ request, answer, reading }) => {
    if (isTooLarge(reading)) return 'blocked';
    const diagnosis = diagnose(answer, request.prompt?.text ?? '');
    if (diagnosis.verdict === 'fine') return null;
    const { because, exception, message } = diagnosis;
    return {
      code: 'langchain-raises',
      reason: because,
      consequence: raises(exception, message),
    };
  },
});

const TOO_LARGE: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unpacks-too-large',
  'unpacks-too-slowly',
  'json-too-many-values',
]);

/** What is not read a second time, since it would take too much memory, or time. */
export function isTooLarge({ content, json }: Reading): boolean {
  const code = content.problem?.code ?? json.problem?.code;
  return code !== undefined && TOO_LARGE.has(code);
}

/** What the class does, as a sentence. */
export function raises(exception: string | null, message: string | null): string {
  const what = message === null ? exception : `${exception}: ${message}`;
  return `LangChain's Modal class raises ${what}`.replace(/\.?$/, '.');
}

/** Whether the class can talk to an endpoint of this shape at all. */
export function canUseLangChain({ definition, answerKey }: Terms): boolean {
  const { method, parameters, promptField } = definition;
  const isPosted = method === 'POST' && parameters.kind !== 'query';
  return isPosted && promptField === 'prompt' && answerKey === 'prompt';
}

function shapeOf({ definition, answerKey }: Terms): string {
  const { method, promptField } = definition;
  const key = answerKey === null ? 'a bare string' : `"${answerKey}"`;
  return `${method} with "${promptField}", and answers ${key}`;
}
