import { z } from 'zod';
import type { ExchangeRecord } from './exchange-record.ts';
import type { Exchange, JournalBody } from './journal.ts';
import { clipText, decodeClipped } from './text.ts';

/** Makes a kept exchange readable. */
export function renderExchange(record: ExchangeRecord): Exchange {
  const { bodyMaxBytes } = record;
  return {
    ordinal: record.ordinal,
    startedAt: new Date(record.startedMs).toISOString(),
    durationMs: Math.round((record.endedMs - record.startedMs) * 1000) / 1000,
    request: {
      method: record.method,
      target: record.target,
      headers: pairsOf(record.headerLines),
      body: renderBody(record.body, record.requestBytes, bodyMaxBytes),
      prompt: record.prompt === undefined ? promptOf(record) : record.prompt,
    },
    outcome: renderOutcome(record),
    scenario: record.scenario,
    fault: record.fault,
    diagnosis: record.diagnosis,
  };
}

function renderOutcome(record: ExchangeRecord): Exchange['outcome'] {
  const { status, wire } = record;
  const headers = record.replyHeaders;
  const body = () => renderBody(record.replyBody, record.responseBytes, record.bodyMaxBytes);
  if (wire !== null) return { kind: 'wire', ...wire, status, headers, body: body() };
  if (status === null) return { kind: 'abandoned' };
  return { kind: 'reply', status, headers, body: body() };
}

function pairsOf(headerLines: string): (readonly [name: string, value: string])[] {
  const lines = headerLines === '' ? [] : headerLines.split('\n');
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    pairs.push([lines[index] ?? '', lines[index + 1] ?? '']);
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

function renderBody(body: string | Uint8Array, bytes: number, bodyMaxBytes: number): JournalBody {
  const text =
    typeof body === 'string'
      ? (clipText(body, bodyMaxBytes) ?? '')
      : decodeClipped(body, bodyMaxBytes);
  return { text, bytes, clipped: bytes > bodyMaxBytes };
}
