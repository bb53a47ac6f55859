import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Diagnosis } from '../src/emulator/index.ts';
import { readRecordedOutcomes, seenByFetch } from './fault-outcomes/clients.ts';
import { FAULT_ROWS } from './fault-outcomes/rows.ts';
import { type RowServer, serveRows } from './fault-outcomes/serve-rows.ts';

const { prompt, rows: recorded } = readRecordedOutcomes();

let rows: RowServer;
beforeAll(async () => {
  rows = await serveRows();
});
afterAll(() => rows.close());

test('every fault is recorded as it is now, and nothing else', () => {
  expect(recorded.map(({ fault }) => fault)).toEqual(FAULT_ROWS.map(({ written }) => written));
});

/** Each release of Pydantic puts its own number into the link at the end of its messages. */
function plain(message: string): string {
  return message.replace(/(errors\.pydantic\.dev)\/[0-9.]+\//, '$1/*/');
}

/** Null where the diagnosis does not say what is raised. */
function predicted(diagnosis: Diagnosis | null | undefined): object | null {
  if (diagnosis?.verdict === 'fine') return { verdict: 'fine' };
  if (diagnosis?.exception == null || diagnosis.message === null) return null;
  return { exception: diagnosis.exception, message: plain(diagnosis.message) };
}

/** Of the second of two requests, which is the one that counts. */
async function diagnosisOf(row: number): Promise<Diagnosis | null> {
  const { journal } = rows.emulator;
  let posts = 0;
  const second = new Promise<Diagnosis | null>((resolve) => {
    const forget = journal.subscribe(({ request, diagnosis }) => {
      if (request.method !== 'POST') return;
      posts += 1;
      if (posts < 2) return;
      forget();
      resolve(diagnosis);
    });
  });
  await seenByFetch({ rows, row, prompt });
  return second;
}

/** The diagnosis is of one answer, and these are chains of them, or none that ends. */
const NOT_OF_ONE_ANSWER = /early-303|^hang$|afterTokens: 2 }$|ending: hang/;

test.each(recorded.map(({ fault, outcome }, row) => ({ fault, outcome, row })))(
  'the diagnosis of $fault is what was recorded',
  async ({ fault, outcome, row }) => {
    const diagnosis = predicted(await diagnosisOf(row));
    if (NOT_OF_ONE_ANSWER.test(fault)) return;
    expect(diagnosis).toEqual(
      'exception' in outcome
        ? { exception: outcome.exception, message: plain(outcome.message) }
        : { verdict: 'fine' },
    );
  },
);
