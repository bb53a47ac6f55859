import type { VirtualClock } from '../../src/scenarios/clock.ts';
import type {
  Exchanged,
  ProbeLimits,
  ProbeRequest,
  Transport,
  TransportFailureCode,
} from '../../src/verify/index.ts';

/** What a script is told of a request. */
export interface Scripted {
  readonly request: ProbeRequest;
  readonly limits: ProbeLimits;
  /** From 0. */
  readonly index: number;
}

/** A transport that keeps what it was given. */
export interface ScriptedTransport {
  readonly transport: Transport;
  readonly sent: ProbeRequest[];
  readonly limits: ProbeLimits[];
}

/** Answers by a function. */
export function scripted(
  answer: (scripted: Scripted) => Exchanged | Promise<Exchanged>,
): ScriptedTransport {
  const sent: ProbeRequest[] = [];
  const limits: ProbeLimits[] = [];
  return {
    sent,
    limits,
    transport: async (request, given) => {
      sent.push(request);
      limits.push(given);
      return answer({ request, limits: given, index: sent.length - 1 });
    },
  };
}

/** An exchange without an answer. */
export function failure(code: TransportFailureCode, detail = `It ended: ${code}.`): Exchanged {
  const timings = { connectedMs: null, firstByteMs: null, endedMs: 1 };
  return { kind: 'failure', code, detail, partial: null, timings };
}

/** Fails as slow endpoints do: when all the time that was given is over. */
export async function timeOut(
  clock: VirtualClock,
  { limits }: Scripted,
  code: TransportFailureCode = 'answer-timeout',
): Promise<Exchanged> {
  await clock.advance(limits.timeoutMs);
  return failure(code);
}
