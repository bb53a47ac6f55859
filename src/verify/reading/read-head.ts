import { headerOf } from '../../emulator/diagnosis/headers.ts';
import { clip, escapeControls, showValue } from '../../emulator/explain/show.ts';
import type { ProbeAnswer } from '../exchange.ts';
import type { ProblemCode } from '../problems.ts';
import { broken, fine, type Stage } from './stage.ts';

const SEEN_CHARACTERS_MAX = 200;

/** The beginning of a body, as a message quotes it. */
export function seen(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, SEEN_CHARACTERS_MAX * 4)).trim();
  return text === '' ? 'nothing' : escapeControls(JSON.stringify(clip(text, SEEN_CHARACTERS_MAX)));
}

const REFUSALS: Readonly<Record<number, ProblemCode>> = {
  404: 'path-not-found',
  405: 'method-refused',
};

/** Whether the status is that of an answer. */
export function readStatus({ status, headers, body }: ProbeAnswer): Stage<true> {
  if (status === 200) return fine(true);
  const is = `The status is ${status}, not 200`;
  if (status >= 200 && status < 300) {
    return { problem: { code: 'status-not-200', reason: `${is}.` }, value: true };
  }
  const allow = headerOf(headers, 'allow');
  const taken = status === 405 && allow !== null ? `; Allow is ${showValue(allow)}` : '';
  const code = status >= 500 ? 'server-error' : (REFUSALS[status] ?? refusalOf(status));
  return broken(code, `${is}${taken}; the body is ${seen(body)}.`);
}

function refusalOf(status: number): ProblemCode {
  return status >= 400 ? 'request-refused' : 'status-not-200';
}

/** Whether the Content-Type is that of JSON. */
export function readContentType({ headers }: ProbeAnswer): Stage<true> {
  const contentType = headerOf(headers, 'content-type');
  const problem = (code: ProblemCode, reason: string) =>
    ({ ...broken(code, reason), value: true }) as const;
  if (contentType === null || contentType === '') {
    return problem('content-type-missing', 'The answer has no Content-Type.');
  }
  const is = `The Content-Type is ${showValue(contentType)}`;
  const [mediaType = '', ...parameters] = contentType.split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    return problem('content-type-wrong', `${is}, not "application/json".`);
  }
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  if (charset === undefined || /^utf-?8$/i.test(charset)) return fine(true);
  return problem('charset-wrong', `${is}; its charset is not UTF-8.`);
}
