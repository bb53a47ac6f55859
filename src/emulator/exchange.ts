import type { Outcome, Reply } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import { diagnose, diagnoseAbandoned, diagnoseText } from './diagnosis/diagnose.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { Answered } from './function/function.ts';
import type { Exchange, JournalBody } from './journal.ts';
import { maskBody, maskHeaders, maskTarget } from './mask.ts';

/** What the emulator knows when an exchange has ended. */
export interface Ended {
  readonly ordinal: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly call: Call;
  /** Null when the client left before the function answered. */
  readonly answered: Answered | null;
  readonly outcome: Outcome;
  /** What was sent of a streamed body. */
  readonly streamed: string | null;
  /** Key of a plain answer, by the function's definition. */
  readonly answerKey: string | null;
  readonly bodyMaxBytes: number;
}

/** Makes the journal's record of an exchange: clipped, masked, diagnosed. */
export function recordExchange(ended: Ended): Exchange {
  const { call, answered, outcome, startedMs, bodyMaxBytes } = ended;
  const headers = maskHeaders(call.rawHeaders);
  return {
    ordinal: ended.ordinal,
    // What has to be made is made when somebody reads it: most exchanges are never read.
    get startedAt() {
      return new Date(startedMs).toISOString();
    },
    durationMs: Math.round((ended.endedMs - startedMs) * 1000) / 1000,
    request: {
      method: call.method,
      target: maskTarget(call.target),
      get headers() {
        return pairsOf(headers);
      },
      body: requestBody(call, answered, bodyMaxBytes),
      prompt: answered === null ? null : clipText(answered.prompt, bodyMaxBytes),
    },
    outcome:
      outcome.kind === 'reply'
        ? {
            kind: 'reply',
            status: outcome.reply.status,
            headers: outcome.reply.headers,
            body: replyBody(outcome.reply, ended.streamed, bodyMaxBytes),
          }
        : outcome,
    diagnosis: diagnosisOf(ended),
  };
}

function pairsOf(flat: readonly string[]): (readonly [name: string, value: string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    pairs.push([flat[index] ?? '', flat[index + 1] ?? '']);
  }
  return pairs;
}

/** LangChain's class only ever sends POST, so nothing else is diagnosed. */
function diagnosisOf({ call, answered, outcome, streamed, answerKey }: Ended): Diagnosis | null {
  if (call.method !== 'POST') return null;
  if (outcome.kind === 'abandoned') return diagnoseAbandoned();
  const { reply } = outcome;
  const prompt = answered?.prompt ?? '';
  if (answered !== null && answered.text !== null && reply.status === 200) {
    return diagnoseText(answered.text, answerKey, prompt);
  }
  const body = streamed ?? reply.body;
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  return diagnose(
    { status: reply.status, headers: reply.headers, body: isText ? body : '' },
    prompt,
  );
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function requestBody(call: Call, answered: Answered | null, bodyMaxBytes: number): JournalBody {
  const bytes = call.body.length;
  const clipped = bytes > bodyMaxBytes;
  const fast = answered?.fast ?? null;
  if (fast !== null && !clipped) {
    return { text: fast.isPromptOnly ? fast.text : maskBody(fast.text), bytes, clipped };
  }
  // Decoding a part of the bytes makes a text of its own that does not hold on to the whole body.
  const text = utf8.decode(clipped ? call.body.subarray(0, bodyMaxBytes) : call.body);
  return { text: fast?.isPromptOnly === true ? text : maskBody(text), bytes, clipped };
}

const encoder = new TextEncoder();

function replyBody(reply: Reply, streamed: string | null, bodyMaxBytes: number): JournalBody {
  const body = streamed ?? reply.body;
  if (typeof body === 'string') {
    // A character has at most three bytes per UTF-16 unit: short texts need no counting.
    const bytes = body.length * 3 <= bodyMaxBytes ? byteLength(body) : encoder.encode(body).length;
    const clipped = bytes > bodyMaxBytes;
    return { text: clipped ? (clipText(body, bodyMaxBytes) ?? '') : body, bytes, clipped };
  }
  if (!(body instanceof Uint8Array)) return { text: '', bytes: 0, clipped: false };
  const clipped = body.length > bodyMaxBytes;
  return { text: utf8.decode(body.subarray(0, bodyMaxBytes)), bytes: body.length, clipped };
}

function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x800) bytes += (unit & 0xf800) === 0xd800 ? 1 : 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/** The first bytes of a text, as a text of its own: a slice would keep the whole in memory. */
function clipText(text: string | null, bodyMaxBytes: number): string | null {
  if (text === null || text.length <= bodyMaxBytes) return text;
  return utf8.decode(encoder.encode(text.slice(0, bodyMaxBytes)).subarray(0, bodyMaxBytes));
}
