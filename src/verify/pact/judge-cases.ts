import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { PactInteractionResult } from './engine-outcome.ts';
import { explainMismatches } from './explain-mismatches.ts';
import type { PactCase } from './pact.ts';
import type { PactProblem } from './pact-result.ts';
import type { EngineReport } from './read-report.ts';
import { type Subset, subsetName } from './subset.ts';

/** An interaction with what is wrong with the endpoint. */
export interface JudgedCase extends PactCase {
  readonly problem: PactProblem | null;
}

/** What a run of the engine says. */
export interface EngineRun extends EngineReport {
  /** Of one interaction. */
  readonly timeoutMs: number;
  /** How many of them were tried. */
  readonly askedCount: number;
}

const REASON_MAX_CHARS = 400;

/** Finds the interactions in the engine's report, one for each of them. */
export function judgeCases(subsets: readonly Subset[], report: EngineRun): readonly JudgedCase[] {
  const left = [...report.results];
  const isReached = report.results.some(({ error }) => error === null);
  return subsets.map(({ pact, interaction }, index) => {
    const one = { pact, interaction };
    if (index >= report.askedCount) return { ...one, problem: untried(report) };
    const at = left.findIndex((result) => isAbout(result, subsetName(index), one));
    const [result] = at < 0 ? [] : left.splice(at, 1);
    return { ...one, problem: problemOf(result, report, isReached) };
  });
}

function untried({ timeoutMs }: EngineRun): PactProblem {
  const reason = `There was no answer within ${timeoutMs} ms to those before it, one after the other.`;
  return { code: 'pact-unresponsive', reason };
}

function isAbout(
  { consumer, description, states }: PactInteractionResult,
  name: string,
  { interaction }: PactCase,
): boolean {
  return (
    consumer === name &&
    description === interaction.description &&
    states.join('\n') === interaction.states.join('\n')
  );
}

function problemOf(
  result: PactInteractionResult | undefined,
  report: EngineRun,
  isReached: boolean,
): PactProblem | null {
  if (result === undefined) {
    const [complaint] = report.complaints;
    const says = complaint === undefined ? '' : ` It says: ${plain(complaint)}.`;
    return {
      code: 'pact-nothing-verified',
      reason: `Pact's engine was given this interaction, and did not verify it.${says}`,
    };
  }
  if (result.status === 'passed') return null;
  const problem =
    result.error === null
      ? mismatchProblem(result)
      : transportProblem(result.error, result, { ...report, isReached });
  if (result.status === 'failed') return problem;
  return {
    code: 'pact-pending',
    reason: `It is pending, so that it breaks nothing. ${problem.reason}`,
  };
}

/** With this status, Modal sends a client to where the answer will be, after 150 s. */
const LATER = '303';

function mismatchProblem(result: PactInteractionResult): PactProblem {
  const reason = explainMismatches(result);
  const isLater = result.mismatches.some(
    ({ kind, actual }) => kind === 'status' && actual === LATER,
  );
  return { code: isLater ? 'pact-redirect' : 'pact-mismatch', reason };
}

function transportProblem(
  error: string,
  { durationMs }: PactInteractionResult,
  { timeoutMs, isReached }: EngineRun & { readonly isReached: boolean },
): PactProblem {
  const reason = `Pact's engine says: ${plain(error)}.`;
  if (durationMs !== null && durationMs >= timeoutMs) {
    return {
      code: 'pact-timeout',
      reason: `There was no answer within ${timeoutMs} ms. ${reason}`,
    };
  }
  // What stands behind "sending" is the way to the endpoint as much as the endpoint itself.
  const isWay = !isReached && !/decoding/.test(error);
  return { code: isWay ? 'pact-unreachable' : 'pact-no-answer', reason };
}

function plain(text: string): string {
  return escapeControls(clip(text, REASON_MAX_CHARS)).replace(/\.$/, '');
}
