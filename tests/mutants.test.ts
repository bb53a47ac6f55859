import { describe, expect, test } from 'vitest';
import { DEFAULT_FUNCTION } from '../src/contract/function.ts';
import { createRealClock } from '../src/scenarios/clock.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import type { Report } from '../src/verify/report.ts';
import { verifyEndpoint } from '../src/verify/verify-endpoint.ts';
import { MUTANTS } from './mutants/all-mutants.ts';
import type { Mutant } from './mutants/mutant.ts';
import { serveMutant } from './mutants/serve-mutant.ts';

const SEEDS = ['one', 'two', 'three'];

const clock = createRealClock();
const transport = createNodeTransport({ clock });

async function verifyMutant(mutant: Mutant, seed: string): Promise<Report> {
  const server = await serveMutant(mutant, seed);
  const report = await verifyEndpoint(
    {
      url: server.url,
      definition: DEFAULT_FUNCTION,
      headers: [],
      needsEcho: true,
      seed,
      requestsMax: 20,
      timeoutMs: mutant.timeoutMs ?? 10_000,
    },
    { transport, clock },
  );
  await server.close();
  return report;
}

/**
 * What the report says is wrong. That LangChain's class raises follows from most of it, and counts
 * where nothing else does.
 */
function problemsOf({ results }: Report): readonly (string | null)[] {
  const wrong = results.filter(({ status }) => status === 'failed' || status === 'inconclusive');
  const problems = [...new Set(wrong.map(({ problem }) => problem))];
  const causes = problems.filter((problem) => problem !== 'langchain-raises');
  return (causes.length > 0 ? causes : problems).sort();
}

const correct: Mutant = { name: 'correct', summary: 'nothing is wrong with it', expected: [] };

test.each(SEEDS)('the endpoint that the mutants are made of passes (seed %s)', async (seed) => {
  const report = await verifyMutant(correct, seed);
  expect(problemsOf(report)).toEqual([]);
  expect(report.verdict).toBe('passed');
});

describe.each(Object.entries(MUTANTS))('a mutant of %s', (_group, mutants) => {
  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s', async (name, mutant) => {
    for (const seed of SEEDS) {
      const report = await verifyMutant(mutant, seed);
      const context = `mutant "${name}" (${mutant.summary}), seed "${seed}"`;
      expect(problemsOf(report), context).toEqual([...mutant.expected].sort());
      expect(report.verdict, context).not.toBe('passed');
    }
  });
});

test('mutants have names of their own, and are many', () => {
  const names = Object.values(MUTANTS).flatMap((mutants) => mutants.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});
