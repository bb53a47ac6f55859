import type { ProbeAnswer } from './exchange.ts';
import { judgeReach } from './judge-reach.ts';
import { judgeSafely, type ShowAnswer } from './judge-safely.ts';
import type { VerifyOptions } from './options.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { type PlannedRequest, REQUEST_NAMES, type RequestPlan } from './requests/planned.ts';
import { toProbe } from './requests/to-probe.ts';
import type { Sender } from './send.ts';

/** A request, and what came of it. */
export type Asked =
  | {
      readonly kind: 'answered';
      readonly request: PlannedRequest;
      readonly answer: ProbeAnswer;
      /** The nonces of the prompts before this one. */
      readonly earlierNonces: readonly string[];
      readonly durationMs: number;
    }
  | {
      readonly kind: 'unanswered';
      readonly problem: Problem;
      /** Null where nothing was sent. */
      readonly durationMs: number | null;
    };

/** Sends every request once, when it is first wanted. */
export interface Exchanges {
  ask(request: PlannedRequest): Promise<Asked>;
  /** All that were answered, in their order. */
  readonly answered: readonly Extract<Asked, { kind: 'answered' }>[];
  /** The endpoint stopped answering: it is pointless to ask on. */
  readonly isSilent: boolean;
}

/** What the exchanges are made of. */
export interface ExchangesOptions extends Pick<VerifyOptions, 'url' | 'headers'> {
  readonly plan: RequestPlan;
  readonly sender: Sender;
  readonly show: ShowAnswer;
}

/** Whoever stays silent that often in a row will not answer the next one. */
const SILENT_MAX = 2;

const SILENT: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'dns',
  'refused',
  'unreachable',
  'tls',
  'connect-timeout',
  'answer-timeout',
  'body-timeout',
  'still-working',
]);

/** Creates the exchanges of a run. */
export function createExchanges(options: ExchangesOptions): Exchanges {
  const { plan, sender, show, url, headers } = options;
  const hasToken = headers.some(([name]) => /^(?:modal-key|proxy-authorization)$/i.test(name));
  const asked = new Map<string, Asked>();
  const answered: Extract<Asked, { kind: 'answered' }>[] = [];
  const sentNames = new Set<string>();
  const nonces: string[] = [];
  let silentInARow = 0;

  const unsent = (code: ProblemCode, reason: string, hint?: string): Asked => ({
    kind: 'unanswered',
    problem: { code, reason, ...(hint === undefined ? {} : { hint }) },
    durationMs: null,
  });

  const overBudget = (): Asked => {
    const open = REQUEST_NAMES.filter(
      (name) => !sentNames.has(name) && plan[name].kind === 'request',
    );
    const needed = sender.sent + open.length;
    return unsent(
      'budget',
      `The budget of ${sender.sent + sender.left} requests is spent; these checks take ${needed}.`,
      `Give --max-requests ${needed} or more.`,
    );
  };

  const exchange = async (request: PlannedRequest): Promise<Asked> => {
    if (silentInARow >= SILENT_MAX) {
      return unsent('unresponsive', `The last ${SILENT_MAX} requests were not answered.`);
    }
    if (sender.left === 0) return overBudget();
    sentNames.add(request.name);
    const sent = await sender.send(toProbe(request, url, headers));
    const { durationMs } = sent;
    const problem =
      sent.kind === 'problem'
        ? sent.problem
        : judgeSafely(sent.answer, show, (answer) => judgeReach(answer, hasToken));
    silentInARow = problem !== null && SILENT.has(problem.code) ? silentInARow + 1 : 0;
    if (sent.kind === 'problem') return { kind: 'unanswered', problem: sent.problem, durationMs };
    if (problem !== null) return { kind: 'unanswered', problem, durationMs };
    const { answer } = sent;
    return { kind: 'answered', request, answer, earlierNonces: [...nonces], durationMs };
  };

  return {
    answered,
    get isSilent() {
      return silentInARow >= SILENT_MAX;
    },
    async ask(request) {
      const before = asked.get(request.name);
      if (before !== undefined) return before;
      const now = await exchange(request);
      asked.set(request.name, now);
      if (now.kind === 'answered') answered.push(now);
      const nonce = request.prompt?.nonce ?? '';
      if (nonce !== '') nonces.push(nonce);
      return now;
    },
  };
}
