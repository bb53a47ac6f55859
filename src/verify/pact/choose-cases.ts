import { joinWords, showValue } from '../../emulator/explain/show.ts';
import type { CheckResult } from '../report.ts';
import type { CoveredCase, Pact, PactCase } from './pact.ts';
import { type PactProblem, pactResult, subjectOf } from './pact-result.ts';
import { requestKey } from './request-key.ts';

/** What limits the choice. */
export interface ChoiceLimits {
  readonly requestsLeft: number;
  /** Whether there is somebody who puts the endpoint into provider states. */
  readonly hasStates: boolean;
  /** Whether somebody asked for the pacts: what there is no budget for leaves the verdict open. */
  readonly isRequired: boolean;
}

/** Which interactions are verified, and why the others are not. */
export interface Choice {
  /** One of all that are equal, in the order of sending. */
  readonly cases: readonly PactCase[];
  /** In the order of the files. */
  readonly covered: readonly CoveredCase[];
  readonly others: readonly CheckResult[];
}

/** Chooses the interactions that the endpoint can be held to, as many as the budget allows. */
export function chooseCases(pacts: readonly Pact[], limits: ChoiceLimits): Choice {
  const files = pacts.map((pact) =>
    pact.interactions.map((interaction): PactCase => ({ pact, interaction })),
  );
  const possible = files.map((file) => file.filter((one) => obstacleOf(one, limits) === null));
  const keys = new Map(possible.flat().map((one) => [one, requestKey(one)]));
  const firsts = new Map<string | undefined, PactCase>();
  for (const one of inTurn(possible)) {
    if (!firsts.has(keys.get(one))) firsts.set(keys.get(one), one);
  }
  const cases = [...firsts.values()].slice(0, Math.max(0, limits.requestsLeft));
  const sent = new Set(cases);
  const covered: CoveredCase[] = [];
  const others: CheckResult[] = [];
  for (const one of files.flat()) {
    const by = firsts.get(keys.get(one));
    const isPossible = keys.has(one) && by !== undefined;
    if (isPossible && sent.has(by)) covered.push({ ...one, by });
    else {
      const obstacle = obstacleOf(one, limits) ?? overBudget(firsts.size, limits);
      others.push(pactResult(subjectOf(one), obstacle));
    }
  }
  return { cases, covered, others };
}

/** The first of every file, then the second: a small budget is not spent on one file alone. */
function inTurn(files: readonly (readonly PactCase[])[]): readonly PactCase[] {
  const turns = Math.max(0, ...files.map(({ length }) => length));
  return Array.from({ length: turns }, (_, turn) =>
    files.flatMap((file) => file[turn] ?? []),
  ).flat();
}

function obstacleOf({ interaction }: PactCase, { hasStates }: ChoiceLimits): PactProblem | null {
  const { request, states } = interaction;
  if (request === null) {
    return { code: 'pact-unsupported', reason: 'It is about messages, not about HTTP.' };
  }
  if (states.length === 0 || hasStates) return null;
  const named = joinWords(states.map(showValue), 'and');
  const reason =
    `It needs the provider ${states.length === 1 ? 'state' : 'states'} ${named}, ` +
    'and nobody can put a deployed endpoint into it.';
  return { code: 'pact-state', reason };
}

function overBudget(needed: number, { requestsLeft, isRequired }: ChoiceLimits): PactProblem {
  const left = Math.max(0, requestsLeft);
  return {
    code: 'budget',
    reason: `The pacts need ${needed} requests, and ${left} ${left === 1 ? 'was' : 'were'} left.`,
    hint: `Give at least ${needed - left} more: --max-requests.`,
    ...(isRequired && { status: 'inconclusive' }),
  };
}
