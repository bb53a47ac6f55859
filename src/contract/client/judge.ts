import { findEdgeFailure } from '../edge-failures.ts';
import { validationErrorSchema } from '../failures.ts';
import { answerTextSchema, repeatsPrompt } from '../prompt.ts';
import type { ReadBody } from './body.ts';
import type { StatusFailure } from './failure.ts';
import { retryAfterMs } from './headers.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Settings } from './settings.ts';
import type { PromptSuccess } from './types.ts';
import type { Untold } from './untold.ts';

/** An answer with its body. */
export interface Arrived {
  readonly response: Response;
  readonly body: ReadBody;
}

/** What came of a prompt, before it is put into words. */
export type Judgement = PromptSuccess | { readonly ok: false; readonly failure: Untold };

const START_LENGTH = 200;

/** Reads an answer with a good status by the contract. */
export function judgeAnswer(
  prompt: string,
  { response, body }: Arrived,
  { answerKey, answerMaxBytes }: Pick<Settings, 'answerKey' | 'answerMaxBytes'>,
): Judgement {
  const { status, headers } = response;
  const tooLarge = { kind: 'too-large', status, answerMaxBytes } as const;
  if (!body.isWhole) return fail({ ...tooLarge, reason: 'bytes' });
  const parsed = parseAnswer(body.bytes);
  if (!parsed.ok) {
    const { reason } = parsed;
    if (reason === 'values' || reason === 'depth') return fail({ ...tooLarge, reason });
    const contentType = headers.get('content-type');
    const bodyStart = new TextDecoder()
      .decode(body.bytes.subarray(0, 4 * START_LENGTH))
      .slice(0, START_LENGTH);
    return fail({ kind: 'not-json', reason, status, contentType, bodyStart });
  }
  const { value: answer } = parsed;
  const checked = answerTextSchema(answerKey).safeParse(answer);
  if (!checked.success) {
    const issues = checked.error.issues.map(({ path, message }) => ({ path, message }));
    const expected =
      answerKey === null
        ? 'a JSON string'
        : `a JSON object with a string under ${JSON.stringify(answerKey)}`;
    return fail({ kind: 'wrong-shape', status, expected, issues, answer });
  }
  const text = checked.data;
  return { ok: true, text, answer, status, headers, repeatsPrompt: repeatsPrompt(text, prompt) };
}

/** Reads an answer that is a failure by its status. */
export function judgeStatus({ response: { status, headers }, body }: Arrived): Judgement {
  const text = new TextDecoder().decode(body.bytes);
  const parsed = parseAnswer(body.bytes);
  const json = parsed.ok ? parsed.value : null;
  const validation = status === 422 ? validationErrorSchema.safeParse(json) : null;
  const failure: Untold<StatusFailure> = {
    kind: 'status',
    status,
    contentType: headers.get('content-type'),
    body: text,
    isBodyCut: !body.isWhole,
    detail: typeof json === 'object' && json !== null && 'detail' in json ? json.detail : undefined,
    validation: validation?.success === true ? validation.data.detail : null,
    edge: findEdgeFailure(status, text),
    retryAfterMs: retryAfterMs(headers),
  };
  return fail(failure);
}

function fail(failure: Untold): Judgement {
  return { ok: false, failure };
}
