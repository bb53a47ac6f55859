import type { HeaderList, Outcome } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import { diagnose, diagnoseAbandoned, diagnoseText } from './diagnosis/diagnose.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Answered } from './function/function.ts';
import type { ExchangeSummary } from './journal.ts';
import { maskBody, maskHeaders, maskReplyHeaders, maskTarget } from './mask.ts';
import { byteLength, clipText, decodeClipped } from './text.ts';

/** What the emulator knows when an exchange has ended. */
export interface Ended {
  readonly ordinal: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly call: Call;
  /** Null when the function was not asked, or the client left before it answered. */
  readonly answered: Answered | null;
  readonly outcome: Outcome;
  /** What was sent of a streamed body. */
  readonly streamed: string | null;
  /** What the client sent under `prompt`, which is what LangChain's class looks for. */
  readonly postedPrompt: string | null;
  /** Key of a plain answer, by the function's definition. */
  readonly answerKey: string | null;
  readonly bodyMaxBytes: number;
}

/**
 * An exchange as the journal keeps it: one flat record, clipped and masked, of few parts, since
 * every part that outlives its exchange costs the garbage collector. Most exchanges are never read;
 * `renderExchange` makes them readable when somebody does.
 */
export interface ExchangeRecord extends ExchangeSummary {
  /** Names and values in turn, a line each. */
  readonly headerLines: string;
  /** Bytes that hold no secret, or a masked and clipped text. */
  readonly body: Uint8Array | string;
  /** Undefined when it is to be read from the body's bytes. */
  readonly prompt: string | null | undefined;
  readonly replyHeaders: HeaderList;
  /** A bounded part of the reply's body. */
  readonly replyBody: string | Uint8Array;
  readonly bodyMaxBytes: number;
}

/** A body that is a little longer than what is shown is cheaper to hold on to than to copy. */
const HELD_FACTOR = 4;

/** Makes the record of an exchange that has ended. Secrets are masked here, not when it is read. */
export function keepExchange(ended: Ended): ExchangeRecord {
  const { call, answered, outcome, bodyMaxBytes } = ended;
  const heldMax = bodyMaxBytes * HELD_FACTOR;
  const { body } = call;
  const isHeld = answered?.isPromptOnly === true && body.length <= heldMax;
  const reply = outcome.kind === 'reply' ? outcome.reply : null;
  const whole = ended.streamed ?? reply?.body ?? '';
  const replyBody = typeof whole === 'string' || whole instanceof Uint8Array ? whole : '';
  return {
    ordinal: ended.ordinal,
    startedMs: ended.startedMs,
    endedMs: ended.endedMs,
    method: call.method,
    target: maskTarget(call.target),
    requestBytes: body.length,
    status: reply === null ? null : reply.status,
    responseBytes: byteLength(replyBody),
    diagnosis: diagnosisOf(ended, replyBody),
    headerLines: maskHeaders(call.rawHeaders).join('\n'),
    body: isHeld ? body : maskBody(decodeClipped(body, bodyMaxBytes)),
    prompt: isHeld ? undefined : clipText(answered?.prompt ?? null, bodyMaxBytes),
    replyHeaders: reply === null ? NO_HEADERS : maskReplyHeaders(reply.headers),
    replyBody: replyBody.length <= heldMax ? replyBody : clipBody(replyBody, bodyMaxBytes),
    bodyMaxBytes,
  };
}

const NO_HEADERS: HeaderList = [];

function clipBody(body: string | Uint8Array, bodyMaxBytes: number): string {
  return typeof body === 'string'
    ? (clipText(body, bodyMaxBytes) ?? '')
    : decodeClipped(body, bodyMaxBytes);
}

/** LangChain's class only ever sends POST, so nothing else is diagnosed. */
function diagnosisOf(ended: Ended, body: string | Uint8Array): Diagnosis | null {
  const { call, answered, outcome, answerKey } = ended;
  if (call.method !== 'POST') return null;
  if (outcome.kind === 'abandoned') return diagnoseAbandoned();
  const { status, headers } = outcome.reply;
  const prompt = ended.postedPrompt ?? '';
  if (answered !== null && answered.text !== null && status === 200) {
    return diagnoseText(answered.text, answerKey, prompt);
  }
  return diagnose({ status, headers, body }, prompt);
}
