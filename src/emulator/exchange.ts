import { z } from 'zod';
import type { ExchangeRecord } from './exchange-record.ts';
import type { Exchange, JournalBody } from './journal.ts';
import { maskReplyHeaders } from './mask.ts';
import { byteLength, clipText, decodeClipped } from './text.ts';

/** Makes a kept exchange readable. */
export function renderExchange(record: ExchangeRecord): Exchange {
  const { body, bodyBytes, bodyMaxBytes, reply } = record;
  return {
    ordinal: record.ordinal,
    startedAt: new Date(record.startedMs).toISOString(),
    durationMs: Math.round((record.endedMs - record.startedMs) * 1000) / 1000,
    request: {
      method: record.method,
      target: record.target,
      headers: pairsOf(record.rawHeaders),
      body: {
        text: typeof body === 'string' ? body : decodeClipped(body, bodyMaxBytes),
        bytes: bodyBytes,
        clipped: bodyBytes > bodyMaxBytes,
      },
      prompt: record.prompt === undefined ? promptOf(record) : record.prompt,
    },
    outcome:
      reply === null
        ? { kind: 'abandoned' }
        : {
            kind: 'reply',
            status: reply.status,
            headers: maskReplyHeaders(reply.headers),
            body: replyBodyOf(record),
          },
    diagnosis: record.diagnosis,
  };
}

function pairsOf(flat: readonly string[]): (readonly [name: string, value: string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    pairs.push([flat[index] ?? '', flat[index + 1] ?? '']);
  }
  return pairs;
}

const promptOnlySchema = z.record(z.string(), z.string());

/** Reads the prompt from a kept body that holds nothing else. */
function promptOf({ body, bodyMaxBytes }: ExchangeRecord): string | null {
  const text = typeof body === 'string' ? body : decodeClipped(body, body.length);
  const [prompt] = Object.values(promptOnlySchema.parse(JSON.parse(text)));
  return clipText(prompt ?? null, bodyMaxBytes);
}

function replyBodyOf({ replyBody, replyBytes, bodyMaxBytes }: ExchangeRecord): JournalBody {
  const bytes = replyBytes ?? byteLength(replyBody);
  const text =
    typeof replyBody === 'string'
      ? (clipText(replyBody, bodyMaxBytes) ?? '')
      : decodeClipped(replyBody, bodyMaxBytes);
  return { text, bytes, clipped: bytes > bodyMaxBytes };
}
