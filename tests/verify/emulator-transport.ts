import type { Emulator } from '../../src/emulator/index.ts';
import { isStreamed, type Outcome } from '../../src/scenarios/outcome.ts';
import type { ProbeAnswer, ProbeRequest, Transport } from '../../src/verify/index.ts';

/** What is done to an answer on its way. */
export type Alter = (answer: ProbeAnswer, request: ProbeRequest) => ProbeAnswer;

const utf8 = new TextEncoder();

/** Reaches an emulator without a socket. */
export function emulatorTransport(
  emulator: Emulator,
  alter: Alter = (answer) => answer,
): Transport {
  return async (request) => {
    const { method, headers, body } = request;
    const url = new URL(request.url);
    const all = [['Host', url.host] as const, ...headers];
    const outcome = await emulator.handle({
      method,
      target: url.pathname + url.search,
      rawHeaders: all.flat(),
      header: (name) => all.find(([known]) => known.toLowerCase() === name)?.[1] ?? null,
      body: body ?? new Uint8Array(),
      signal: () => new AbortController().signal,
    });
    return alter(await answerOf(outcome), request);
  };
}

async function answerOf(outcome: Outcome): Promise<ProbeAnswer> {
  if (outcome.kind !== 'reply') throw new Error('the exchange was abandoned');
  const { status, headers, body } = outcome.reply;
  if (isStreamed(body)) throw new Error('the answer is a stream');
  return answer(status, body, headers);
}

/** An answer as a transport gives it. */
export function answer(
  status: number,
  body: string | Uint8Array = '',
  headers: ProbeAnswer['headers'] = [['content-type', 'application/json']],
): ProbeAnswer {
  return {
    kind: 'answer',
    status,
    headers,
    body: typeof body === 'string' ? utf8.encode(body) : body,
    timings: { connectedMs: 0, firstByteMs: 1, endedMs: 1 },
  };
}
