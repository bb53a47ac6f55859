import type { Check, Judged, Judgement, Terms } from './checks/check.ts';
import { CHECKS, REACH } from './checks/checks.ts';
import { consequenceOf } from './checks/consequence-of.ts';
import type { ProbeAnswer } from './exchange.ts';
import type { Asked, Exchanges } from './exchanges.ts';
import { judgeSafely, type ShowAnswer } from './judge-safely.ts';
import type { Problem, ProblemCode } from './problems.ts';
import type { ReadAnswer, Reading } from './reading/reading.ts';
import type { PlannedRequest, RequestPlan } from './requests/planned.ts';
import type { Finding, Results } from './results.ts';

/** What the checks of a run are made of. */
export interface RunOptions {
  readonly plan: RequestPlan;
  readonly terms: Terms;
  readonly exchanges: Exchanges;
  readonly results: Results;
  readonly show: ShowAnswer;
  readonly read: ReadAnswer;
  /** The line for a shell that repeats a request. */
  readonly curl: (request: PlannedRequest, isRaw: boolean) => string;
}

type Answered = Extract<Asked, { kind: 'answered' }>;

/** With these, the bytes have to be seen as they are: who unpacks them sees nothing. */
const PACKING: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'encoding-unasked',
  'encoding-mismatch',
  'encoding-undeclared',
  'unpacks-too-large',
  'unpacks-too-slowly',
]);

/** What a check came to, and what of it is worth knowing. */
interface Found extends Pick<Finding, 'problem' | 'durationMs'> {
  /** What it is about; null where it makes no sense. */
  readonly request: PlannedRequest | null;
}

/** Reaches the endpoint and runs all checks; false where it was not reached. */
export async function runChecks(options: RunOptions): Promise<boolean> {
  const { plan, exchanges, results, curl } = options;
  const first = plan.prompt;
  // The ordinary prompt makes sense for every shape.
  if (first.kind === 'inapplicable') return false;
  const base = await exchanges.ask(first);
  const reached = base.kind === 'answered';
  const { durationMs } = base;
  const reachProblem = reached ? null : base.problem;
  const line = curl(first, false);
  results.add({ ...REACH, group: 'reach', problem: reachProblem, curl: line, durationMs });

  const known = new Set<ProblemCode>();
  for (const check of CHECKS) {
    const found = await runCheck(check, options, { base, known });
    if (found.problem !== null && check.of === 'prompt') known.add(found.problem.code);
    const { id, title, why } = check;
    const { request, ...told } = found;
    const codes = [found.problem?.code, ...known];
    const isRaw = codes.some((code) => code !== undefined && PACKING.has(code));
    const curlLine = request === null ? null : curl(request, isRaw);
    results.add({ id, title, why, group: 'contract', ...told, curl: curlLine });
  }
  return reached;
}

interface Before {
  /** The exchange of the ordinary prompt. */
  readonly base: Asked;
  /** What it has shown. */
  readonly known: ReadonlySet<ProblemCode>;
}

async function runCheck(check: Check, options: RunOptions, before: Before): Promise<Found> {
  const { plan, terms, exchanges } = options;
  const planned = plan[check.of === 'every good request' ? 'prompt' : check.of];
  if (planned.kind === 'inapplicable') {
    return {
      problem: { code: 'not-applicable', reason: planned.reason },
      request: null,
      durationMs: null,
    };
  }
  const unsent = { request: planned, durationMs: null };
  const left = check.skip?.(terms) ?? null;
  if (left !== null) return { ...unsent, problem: left };
  const { base } = before;
  if (base.kind === 'unanswered') {
    const reason = `There is no answer to judge (${base.problem.code}).`;
    return { ...unsent, problem: { code: 'earlier-failure', reason } };
  }
  if (check.of === 'every good request') return judgeAll(check, options, before.known);
  if (check.of !== 'prompt' && planned.prompt !== null) {
    // Who cannot answer the ordinary prompt will answer no other, and each of them costs money.
    const problem = blocking(options.read(base.answer));
    if (problem !== null) return { ...unsent, problem: earlierFailure(problem.code) };
  }
  const asked = await exchanges.ask(planned);
  if (asked.kind === 'unanswered') {
    return { ...unsent, problem: asked.problem, durationMs: asked.durationMs };
  }
  const problem = judgeOne(check, asked, options, before.known);
  return { ...unsent, problem, durationMs: check.of === 'prompt' ? null : asked.durationMs };
}

/** Judges all good answers, and tells of the first that is bad. */
function judgeAll(check: Check, options: RunOptions, known: ReadonlySet<ProblemCode>): Found {
  const good = options.exchanges.answered.filter(({ request }) => request.prompt !== null);
  for (const asked of good) {
    const problem = judgeOne(check, asked, options, known);
    if (problem === null) continue;
    return { problem, request: asked.request, durationMs: null };
  }
  const [first] = good;
  return { problem: null, request: first?.request ?? null, durationMs: null };
}

function judgeOne(
  check: Check,
  asked: Answered,
  { terms, show, read }: RunOptions,
  known: ReadonlySet<ProblemCode>,
): Problem | null {
  const judgedOf = (answer: ProbeAnswer): Judged => {
    return { ...asked, answer, reading: read(answer), terms, known };
  };
  const judgement: Judgement = judgeSafely(asked.answer, show, (answer) =>
    check.judge(judgedOf(answer)),
  );
  if (judgement === null) return null;
  if (judgement === 'blocked') {
    const cause = blocking(read(asked.answer));
    return earlierFailure(cause?.code ?? null);
  }
  if (judgement.consequence !== undefined) return judgement;
  const consequence = consequenceOf(judgedOf(show(asked.answer)));
  return consequence === null ? judgement : { ...judgement, consequence };
}

function earlierFailure(code: ProblemCode | null): Problem {
  const what = code === null ? '' : ` (${code})`;
  return { code: 'earlier-failure', reason: `The answer cannot be read as far as that${what}.` };
}

/** What keeps an answer from being read to its end; null where it can be. */
function blocking(reading: Reading): Problem | null {
  const { status, content, text, json, shape } = reading;
  const stages = [status, content, text, json, shape];
  return stages.find((stage) => stage.problem !== null && !('value' in stage))?.problem ?? null;
}
