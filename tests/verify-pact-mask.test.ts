import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runPactEngine } from '../src/verify/node/pact/run-engine.ts';
import { createTail } from '../src/verify/node/pact/tail.ts';
import { explainMismatches } from '../src/verify/pact/explain-mismatches.ts';
import { temporaryFolder } from './verify-pact/pacts.ts';

const SECRET = 'ws-0123456789-very-secret';

/** Runs the real child with an engine that says what an endpoint repeated. */
function runEngine(said: unknown) {
  const path = join(temporaryFolder(), 'engine.cjs');
  writeFileSync(
    path,
    `exports.default = { verifyPacts: async () => ${JSON.stringify(JSON.stringify(said))} };`,
  );
  return runPactEngine(
    {
      url: 'http://127.0.0.1:9',
      files: ['a.json'],
      headers: [['Modal-Secret', SECRET]],
      timeoutMs: 5000,
    },
    { findEngine: () => ({ path, version: '20.1.0' }) },
  );
}

/** Every place where a text may be clipped in the middle of the secret. */
const fillers = [4080, 4090, 110, 390].map((length) => 'x'.repeat(length));

test('a text of the engine is clipped when the secrets are out of it', async () => {
  const told = fillers.map((filler) => ({
    type: 'BodyMismatch',
    path: '$.prompt',
    expected: '"a"',
    actual: `${filler}${SECRET}`,
    mismatch: `${filler}${SECRET.toUpperCase()}`,
  }));
  const outcome = await runEngine({
    interactionResults: [
      { description: 'one', result: 'FAILED', mismatch: { mismatches: told } },
      { description: 'two', result: 'FAILED', mismatch: { message: `${fillers[0]}${SECRET}` } },
    ],
    errors: [{ mismatch: { message: `${fillers[1]}${SECRET}` } }],
  });
  if (outcome.kind !== 'verified') throw new Error(JSON.stringify(outcome));
  const shown = outcome.results.map(explainMismatches);
  const all = JSON.stringify([outcome, shown]);
  expect(all).toContain('***');
  expect(all).not.toMatch(/ws-0|0123|very|secret/i);
}, 120_000);

test('the end of what a program printed begins with a whole line', () => {
  const tail = createTail(40);
  tail.add(Buffer.from(`${SECRET}, said in a line that is long\nthe end\n`));
  expect(tail.lines(5)).toEqual(['the end']);
});
