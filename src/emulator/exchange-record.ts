import type { HeaderList, Outcome } from '../scenarios/outcome.ts';
import type { BodyArena } from './body-arena.ts';
import type { Call } from './call.ts';
import { diagnose, diagnoseAbandoned, diagnoseText } from './diagnosis/diagnose.ts';
import { diagnoseWire } from './diagnosis/diagnose-wire.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Answered } from './function/function.ts';
import { readSent } from './http1/read-sent.ts';
import type { Told } from './intercept.ts';
import type { ExchangeSummary, WireSummary } from './journal.ts';
import { type KeptDecision, keepDecision, struckFaults } from './kept-decision.ts';
import { maskBody, maskEchoed, maskHeaders, maskReplyHeaders, maskTarget } from './mask.ts';
import { decodeJsonBytes } from './python/decode.ts';
import type { WireSent } from './record-wire.ts';
import { byteLength, clipText, decodeClipped } from './text.ts';

/** What the emulator knows when an exchange has ended. */
export interface Ended {
  readonly ordinal: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly call: Call;
  /** Null when the function was not asked, or broke. */
  readonly answered: Answered | null;
  readonly outcome: Outcome;
  /** What was sent of a streamed body; null for one of known size. */
  readonly streamed: { readonly text: string; readonly bytes: number } | null;
  /** What was sent over a wire; null for another outcome. */
  readonly sent: WireSent | null;
  /** What stood before the endpoint tells of it. */
  readonly told: Readonly<Told>;
  /** What the client sent under `prompt`, which is what LangChain's class looks for. */
  readonly postedPrompt: string | null;
  /** Key of a plain answer, by the function's definition. */
  readonly answerKey: string | null;
  readonly bodyMaxBytes: number;
  /** Where bodies without secrets are kept, and at which place; null to hold them as they came. */
  readonly arena: BodyArena | null;
  readonly place: number;
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
  /** What a scenario decided; null where none was met. */
  readonly met: KeptDecision | null;
}

/** A body that is a little longer than what is shown is cheaper to hold on to than to copy. */
export const HELD_FACTOR = 4;

/** How much of a body is searched for secrets. What an answer shows of more is not known. */
const SEARCHED_BYTES = 256 * 1024;

/** Makes the record of an exchange that has ended. Secrets are masked here, not when it is read. */
export function keepExchange(ended: Ended): ExchangeRecord {
  const { call, answered, bodyMaxBytes } = ended;
  const answer = answerOf(ended);
  const target = maskTarget(call.target);
  const bodies = keepBodies(ended, answer.body, target.secrets);
  const { met } = ended.told;
  const fault = ended.told.fault ?? (met === null ? null : struckFaults(met.decision));
  return {
    ordinal: ended.ordinal,
    startedMs: ended.startedMs,
    endedMs: ended.endedMs,
    method: call.method,
    target: target.text,
    requestBytes: call.body.length,
    status: answer.status,
    responseBytes: answer.bytes,
    diagnosis: diagnosisOf(ended, answer.body),
    headerLines: maskHeaders(call.rawHeaders),
    body: bodies.body,
    prompt: bodies.isHeld ? undefined : clipText(answered?.prompt ?? null, bodyMaxBytes),
    replyHeaders: answer.headers === NO_HEADERS ? NO_HEADERS : maskReplyHeaders(answer.headers),
    replyBody: bodies.replyBody,
    bodyMaxBytes,
    wire: wireOf(ended, fault),
    scenario: met === null ? null : met.decision.scenario,
    fault,
    met: met === null ? null : keepDecision(met),
  };
}

/** What the client was sent, as far as it is one answer. */
interface SentAnswer {
  readonly status: number | null;
  readonly headers: HeaderList;
  /** A bounded part. */
  readonly body: string | Uint8Array;
  /** Size of the whole body. */
  readonly bytes: number;
}

function answerOf({ outcome, streamed, sent, call }: Ended): SentAnswer {
  if (sent !== null) return readSent(sent, call.method);
  const reply = outcome.kind === 'reply' ? outcome.reply : null;
  const whole = streamed?.text ?? reply?.body ?? '';
  const body = typeof whole === 'string' || whole instanceof Uint8Array ? whole : '';
  return {
    status: reply === null ? null : reply.status,
    headers: reply === null ? NO_HEADERS : reply.headers,
    body,
    bytes: streamed?.bytes ?? byteLength(body),
  };
}

function wireOf({ sent }: Ended, fault: string | null): WireSummary | null {
  if (sent === null) return null;
  const { end, isWhole, bytesSent } = sent;
  return { fault, end, isWhole, bytesSent };
}

/** Both bodies, clipped and masked. */
function keepBodies(
  { call: { body }, answered, bodyMaxBytes, arena, place }: Ended,
  replyBody: string | Uint8Array,
  targetSecrets: readonly string[],
) {
  const heldMax = bodyMaxBytes * HELD_FACTOR;
  const keptReply = replyBody.length <= heldMax ? replyBody : clipBody(replyBody, bodyMaxBytes);
  // Neither a prompt by itself nor its answer is a secret's place.
  if (answered?.isPromptOnly === true) {
    const isHeld = body.length <= heldMax;
    const held = arena === null ? body : arena.keep(place, body);
    return { isHeld, body: isHeld ? held : clipBody(body, bodyMaxBytes), replyBody: keptReply };
  }
  // Looked for first and clipped then: an answer may show what stands behind the clip.
  const masked = maskBody(textOf(body, Math.max(SEARCHED_BYTES, bodyMaxBytes)));
  const secrets = [...targetSecrets, ...masked.secrets];
  const replyText = clipBody(replyBody, Math.max(SEARCHED_BYTES, bodyMaxBytes));
  return {
    isHeld: false,
    body: clipText(masked.text, bodyMaxBytes) ?? '',
    replyBody: clipText(maskEchoed(replyText, secrets), bodyMaxBytes) ?? '',
  };
}

/** A clipped body as text: UTF-16 and UTF-32 are read as such where they are JSON. */
function textOf(body: Uint8Array, bodyMaxBytes: number): string {
  // Cut between characters of any width.
  const part = body.subarray(0, bodyMaxBytes - (bodyMaxBytes % 4));
  const isWide = part.subarray(0, 4).includes(0);
  return (isWide ? decodeJsonBytes(part) : null) ?? decodeClipped(body, bodyMaxBytes);
}

const NO_HEADERS: HeaderList = [];

function clipBody(body: string | Uint8Array, bodyMaxBytes: number): string {
  return typeof body === 'string'
    ? (clipText(body, bodyMaxBytes) ?? '')
    : decodeClipped(body, bodyMaxBytes);
}

/** LangChain's class only ever sends POST, so nothing else is diagnosed. */
function diagnosisOf(ended: Ended, body: string | Uint8Array): Diagnosis | null {
  const { call, answered, outcome, answerKey, sent } = ended;
  if (call.method !== 'POST') return null;
  const prompt = ended.postedPrompt ?? '';
  if (sent !== null) return diagnoseWire(sent, prompt);
  if (outcome.kind !== 'reply') return diagnoseAbandoned();
  // Of a stream longer than what is kept of it, nothing can be said.
  if (ended.streamed !== null && byteLength(body) < ended.streamed.bytes) return null;
  const { status, headers } = outcome.reply;
  // The text that was answered is in the reply, unless somebody made another one of it.
  const isAsAnswered = answered !== null && answered.reply === outcome.reply;
  if (isAsAnswered && answered.text !== null && status === 200) {
    return diagnoseText(answered.text, answerKey, prompt);
  }
  return diagnose({ status, headers, body }, prompt);
}
