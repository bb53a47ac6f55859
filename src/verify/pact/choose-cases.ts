import { joinWords, showValue } from '../../emulator/explain/show.ts';
import type { CheckResult } from '../report.ts';
import type { Pact, PactCase } from './pact.ts';
import { type PactProblem, pactResult, subjectOf } from './pact-result.ts';

/** What limits the choice. */
export interface ChoiceLimits {
  readonly requestsLeft: number;
  /** Whether there is somebody who puts the endpoint into provider states. */
  readonly hasStates: boolean;
}

/** Which interactions are verified, and why the others are not. */
export interface Choice {
  readonly cases: readonly PactCase[];
  readonly others: readonly CheckResult[];
}

/** Chooses the interactions that the endpoint can be held to, as many as the budget allows. */
export function chooseCases(pacts: readonly Pact[], limits: ChoiceLimits): Choice {
  const all = pacts.flatMap((pact) =>
    pact.interactions.map((interaction) => ({ pact, interaction })),
  );
  const possible = all.filter((one) => obstacleOf(one, limits) === null);
  const cases = possible.slice(0, Math.max(0, limits.requestsLeft));
  const chosen = new Set(cases);
  const others = all.flatMap((one) => {
    if (chosen.has(one)) return [];
    const obstacle = obstacleOf(one, limits) ?? overBudget(possible.length, limits);
    return [pactResult(subjectOf(one), obstacle)];
  });
  return { cases, others };
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

function overBudget(needed: number, { requestsLeft }: ChoiceLimits): PactProblem {
  const left = Math.max(0, requestsLeft);
  return {
    code: 'budget',
    reason: `The pacts need ${needed} requests, and ${left} were left.`,
    hint: `Give at least ${needed - left} more: --max-requests.`,
  };
}
