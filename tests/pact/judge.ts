import { join } from 'node:path';
import { runPactEngine } from '../../src/verify/node/pact/run-engine.ts';
import type { PactInteractionResult } from '../../src/verify/pact/engine-outcome.ts';
import { COMMITTED_FOLDER, type Consumer, pathOf } from './files.ts';

/** A provider to be held to the pacts. */
export interface Provider {
  readonly url: string;
  /** Where it can be put into a provider state. */
  readonly statesUrl?: string;
}

const INTERACTION_TIMEOUT_MS = 20_000;
const DEADLINE_MS = 50_000;

/** Pact's judgement of a provider by files; that there is none is an error. */
export async function judgeFiles(
  { url, statesUrl }: Provider,
  files: readonly string[],
): Promise<readonly PactInteractionResult[]> {
  const outcome = await runPactEngine({
    url,
    files,
    headers: [],
    ...(statesUrl === undefined ? {} : { statesUrl }),
    timeoutMs: INTERACTION_TIMEOUT_MS,
    deadlineMs: DEADLINE_MS,
  });
  if (outcome.kind !== 'verified') {
    throw new Error(`Pact's engine came to no judgement: ${JSON.stringify(outcome)}`);
  }
  if (outcome.results.length === 0) throw new Error("Pact's engine found nothing to verify.");
  return outcome.results;
}

/** Pact's judgement by the committed pacts of consumers, every interaction of them. */
export async function judge(
  provider: Provider,
  consumers: readonly Consumer[],
): Promise<readonly PactInteractionResult[]> {
  const files = consumers.map((consumer) => join(COMMITTED_FOLDER, pathOf(consumer)));
  const results = await judgeFiles(provider, files);
  const expected = consumers.reduce((sum, { interactions }) => sum + interactions, 0);
  if (results.length === expected) return results;
  throw new Error(`Pact's engine verified ${results.length} of ${expected} interactions.`);
}

/** What failed, a line each; none when the provider keeps the pacts. */
export function failuresIn(results: readonly PactInteractionResult[]): readonly string[] {
  return results
    .filter(({ status }) => status !== 'passed')
    .map(({ consumer, description, states, mismatches, error }) => {
      const name = [consumer, description, ...states].join(': ');
      const what = mismatches.map(({ kind, path, text }) => `[${kind} ${path ?? ''}] ${text}`);
      return `${name}: ${error ?? what.join('; ')}`;
    });
}
