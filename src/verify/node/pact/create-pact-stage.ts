import type { HeaderList } from '../../../scenarios/outcome.ts';
import type { PactStage } from '../../options.ts';
import { chooseCases } from '../../pact/choose-cases.ts';
import { explainOutcome } from '../../pact/explain-outcome.ts';
import { type JudgedCase, judgeCases } from '../../pact/judge-cases.ts';
import type { CoveredCase } from '../../pact/pact.ts';
import { pactCurl } from '../../pact/pact-curl.ts';
import {
  coveredSubjectOf,
  ENGINE_SUBJECT,
  type PactProblem,
  pactResult,
} from '../../pact/pact-result.ts';
import { type Subset, subsetsOf } from '../../pact/subset.ts';
import { withUniqueIds } from '../../pact/unique-ids.ts';
import type { CheckResult } from '../../report.ts';
import { createSecrets, type Secrets, secretsOfHeaders } from '../../secrets.ts';
import { readPactFiles } from './read-pact-files.ts';
import { type PactEngineSurroundings, runPactEngine } from './run-engine.ts';
import { withSubsetFiles } from './write-subsets.ts';

/** What the pacts are verified with. */
export interface PactStageOptions {
  /** Files, and folders of files. */
  readonly paths: readonly string[];
  /** Whether somebody asked for them, so that not to verify them leaves the verdict open. */
  readonly isRequired: boolean;
  /** Of the endpoint, without credentials. */
  readonly url: string;
  /** Added to every request; may hold secrets. */
  readonly headers: HeaderList;
  /** Of one interaction. */
  readonly timeoutMs: number;
  /** Where paths begin, and where the engine is looked for first; default: the working directory. */
  readonly cwd?: string;
  /** Told of provider states; without it, interactions that need one are skipped. */
  readonly statesUrl?: string;
}

/** The start of the engine, and its own work between the requests. */
const ENGINE_OWN_MS = 15_000;

/** Creates the part of a verification that is about pacts. What it returns does not reject. */
export function createPactStage(
  options: PactStageOptions,
  surroundings: PactEngineSurroundings = {},
): (requestsLeft: number) => Promise<PactStage> {
  const secrets = createSecrets(secretsOfHeaders(options.headers));
  return async (requestsLeft) => {
    const { results, sent } = await verify(options, requestsLeft, surroundings);
    return { results: withUniqueIds(results.map((one) => withoutSecrets(one, secrets))), sent };
  };
}

async function verify(
  options: PactStageOptions,
  requestsLeft: number,
  surroundings: PactEngineSurroundings,
): Promise<PactStage> {
  const { pacts, problems } = await readPactFiles(options.paths, options);
  if (pacts.length === 0) return { results: problems, sent: 0 };
  const hasStates = options.statesUrl !== undefined;
  const { isRequired } = options;
  const { cases, covered, others } = chooseCases(pacts, { requestsLeft, hasStates, isRequired });
  const results = [...problems, ...others];
  if (cases.length === 0) {
    const nothing = isRequired ? [pactResult(ENGINE_SUBJECT, NOTHING)] : [];
    return { results: [...nothing, ...results], sent: 0 };
  }
  const obstacle = obstacleOf(options.url);
  if (obstacle !== null) return { results: [ofAll(obstacle, options), ...problems], sent: 0 };
  const order = { subsets: subsetsOf(cases), coveredCount: covered.length };
  const run = await runOn(order, options, surroundings).catch(unwritable);
  // Nobody was asked anything.
  if (!run.isStarted) return { results: [...run.results, ...problems], sent: 0 };
  const problemsBy = new Map(run.judged.map((one) => [one.interaction, one.problem]));
  const found = covered.flatMap((one) => {
    const problem = problemsBy.get(one.by.interaction);
    return problem === undefined ? [] : [resultOf(one, problem, options)];
  });
  return { results: [...run.results, ...found, ...results], sent: run.sent };
}

const NOTHING: PactProblem = {
  code: 'pact-nothing-verified',
  reason: 'None of the interactions could be verified.',
  hint: 'See why each of them was skipped.',
};

/** What the engine would leave out of the URL without a word. */
function obstacleOf(url: string): PactProblem | null {
  const { pathname, search } = new URL(url);
  if (search !== '') {
    return { code: 'pact-url-query', reason: "Pact's engine would leave out the URL's query." };
  }
  if (pathname === '/' || !pathname.endsWith('/')) return null;
  const reason = "Pact's engine would leave out the slash at the end of the URL's path.";
  return { code: 'pact-url-slash', reason };
}

/** What keeps all pacts from being verified leaves the verdict open only when they were asked for. */
function ofAll(problem: PactProblem, { isRequired }: PactStageOptions): CheckResult {
  return pactResult(ENGINE_SUBJECT, isRequired ? problem : { ...problem, status: 'skipped' });
}

interface Run {
  readonly judged: readonly JudgedCase[];
  /** About none of the interactions alone. */
  readonly results: readonly CheckResult[];
  readonly isStarted: boolean;
  readonly sent: number;
}

interface Order {
  readonly subsets: readonly Subset[];
  /** How many interactions they stand for. */
  readonly coveredCount: number;
}

async function runOn(
  { subsets, coveredCount }: Order,
  options: PactStageOptions,
  surroundings: PactEngineSurroundings,
): Promise<Run> {
  const count = subsets.length;
  const deadlineMs = count * options.timeoutMs + ENGINE_OWN_MS;
  return withSubsetFiles(subsets, async ({ files, prefix }) => {
    const outcome = await runPactEngine({ ...options, files, deadlineMs }, surroundings);
    if (outcome.kind === 'verified') {
      const complaints = outcome.complaints.map((one) => one.replaceAll(prefix, ''));
      const judged = judgeCases(subsets, { ...outcome, complaints, timeoutMs: options.timeoutMs });
      return { judged, results: [], isStarted: true, sent: outcome.askedCount };
    }
    const problem = explainOutcome(outcome, coveredCount);
    const isStarted = outcome.kind !== 'missing' && outcome.kind !== 'unsupported';
    const result = isStarted ? pactResult(ENGINE_SUBJECT, problem) : ofAll(problem, options);
    // When the engine was stopped, nobody knows how many requests there were: not more than these.
    return { judged: [], results: [result], isStarted, sent: isStarted ? count : 0 };
  });
}

/** A disk that is full, or a folder for temporary files that is not there. */
function unwritable(error: unknown): Run {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const reason = `No temporary file can be written: the system says ${String(error.code)}.`;
  const hint = 'Make room, or name another folder: TMPDIR.';
  const problem: PactProblem = { code: 'pact-engine-failed', reason, hint };
  const results = [pactResult(ENGINE_SUBJECT, problem)];
  return { judged: [], results, isStarted: false, sent: 0 };
}

function resultOf(
  one: CoveredCase,
  problem: PactProblem | null,
  { url, headers }: PactStageOptions,
): CheckResult {
  const { interaction, pact } = one;
  const consequence = `${pact.consumer} was written for another answer.`;
  const isFailed = problem?.code === 'pact-mismatch';
  const told = isFailed ? { ...problem, consequence } : problem;
  return pactResult(coveredSubjectOf(one), told, pactCurl(interaction, url, headers));
}

function withoutSecrets(result: CheckResult, { redact }: Secrets): CheckResult {
  const { id, title, reason } = result;
  return { ...result, id: redact(id), title: redact(title), reason: reason && redact(reason) };
}
