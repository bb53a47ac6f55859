import { readBody, readStart } from './body.ts';
import { type Deadline, openDeadline } from './deadline.ts';
import { causeCode } from './explain-network.ts';
import { follow, type Progress } from './follow.ts';
import { type Judgement, judgeAnswer, judgeStatus } from './judge.ts';
import { type Outgoing, writeRequest } from './request.ts';
import { readTimeoutMs, type Settings } from './settings.ts';
import { tell } from './tell.ts';
import type { PromptClient } from './types.ts';
import type { Untold } from './untold.ts';

/** How much of an answer that is a failure is kept. */
const FAILURE_MAX_BYTES = 64 * 1024;

/** Binds the way of a prompt to settings. */
export function createAsk(settings: Settings): PromptClient['ask'] {
  return async (prompt, options = {}) => {
    const outgoing = writeRequest(settings, prompt, options);
    const timeoutMs = readTimeoutMs('ask', options.timeoutMs ?? settings.timeoutMs);
    const { signalAfter } = settings;
    const deadline = openDeadline({ timeoutMs, callersSignal: options.signal, signalAfter });
    try {
      const judgement = await exchange(prompt, outgoing, { settings, deadline, timeoutMs });
      if (judgement.ok) return judgement;
      return { ok: false, failure: tell(judgement.failure, outgoing) };
    } finally {
      deadline.close();
    }
  };
}

interface Surroundings {
  readonly settings: Settings;
  readonly deadline: Deadline;
  readonly timeoutMs: number;
}

async function exchange(
  prompt: string,
  outgoing: Outgoing,
  { settings, deadline, timeoutMs }: Surroundings,
): Promise<Judgement> {
  const progress: Progress = { phase: 'head', hops: 0 };
  const { answerMaxBytes, redirectsMax } = settings;
  const fetch = settings.fetch ?? globalThis.fetch;
  try {
    deadline.signal.throwIfAborted();
    const followed = await follow(outgoing, { fetch, redirectsMax, deadline, progress });
    if (followed.kind === 'redirect') {
      return { ok: false, failure: { ...followed, hops: progress.hops } };
    }
    progress.phase = 'body';
    const { response } = followed;
    if (!response.ok) {
      const bytesMax = Math.min(FAILURE_MAX_BYTES, answerMaxBytes);
      return judgeStatus({ response, body: await readStart(response, bytesMax, deadline) });
    }
    const body = await readBody(response, answerMaxBytes, deadline);
    return judgeAnswer(prompt, { response, body }, settings);
  } catch (error) {
    return { ok: false, failure: failureOf(error, deadline, { ...progress, timeoutMs }) };
  }
}

function failureOf(
  error: unknown,
  { endedBy, signal }: Deadline,
  { phase, hops, timeoutMs }: Progress & { readonly timeoutMs: number },
): Untold {
  if (endedBy === 'timeout') return { kind: 'timeout', timeoutMs, phase, hops };
  if (endedBy === 'caller') return { kind: 'aborted', reason: signal.reason };
  return { kind: 'network', code: causeCode(error), phase, cause: error };
}
