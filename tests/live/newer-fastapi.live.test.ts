import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_STACK, STACKS } from '../../src/emulator/function/stacks.ts';
import { ENDPOINTS, readCapture, requestOf } from '../conformance/cases.ts';
import { choiceOf } from './differential/check-requests.ts';
import { collectDifferences } from './differential/collect-differences.ts';
import { DEFINITIONS } from './differential/definitions.ts';
import { isNewer, reportNewer } from './differential/newer-report.ts';
import { liveRequest } from './differential/requests.ts';
import { openSides, type SidesRequest } from './differential/sides.ts';
import { type Live, type LiveDefinition, startLive } from './live-endpoint.ts';

const REPORT = join(import.meta.dirname, '..', '..', '.cache', 'live', 'newer-fastapi.md');

const RUNS = 1500;

/** The endpoints of the captures, beside those of the random requests. */
const captured: Readonly<Record<string, LiveDefinition>> = Object.fromEntries(
  Object.entries(ENDPOINTS).map(([name, definition]) => [
    `captured ${name}`,
    { function: definition },
  ]),
);
const definitions = { ...captured, ...DEFINITIONS };

let live: Live;
beforeAll(async () => {
  live = await startLive('newest', definitions);
});
afterAll(() => live?.close());

/** The captured requests; what is compared with is the emulator on the live interpreter. */
function capturedRequests(): readonly SidesRequest[] {
  return readCapture(DEFAULT_STACK).cases.map((known) => {
    const { method, target, headers = [], body = '' } = requestOf(known);
    const definition = `captured ${known.endpoint}`;
    return { definition, method, target, headers, body: Buffer.from(body), isChunked: false };
  });
}

// Not a failure: what the emulator promises is its stacks. But nobody should learn it from a user.
test('what is different in the FastAPI that PyPI has today is reported', async () => {
  const imitated = STACKS[DEFAULT_STACK].versions.fastapi;
  const { versions } = live;
  if (!isNewer(versions.fastapi, imitated)) {
    publish(
      `PyPI's FastAPI ${versions.fastapi} is no newer than the stack ${DEFAULT_STACK}'s ${imitated}.\n`,
    );
    return;
  }
  const { seed } = choiceOf(RUNS);
  const sides = await openSides({ live, stack: DEFAULT_STACK, definitions });
  try {
    const random = { requests: liveRequest, seed, runs: RUNS };
    const collected = await collectDifferences(sides, capturedRequests(), random);
    expect(collected.asked).toBe(RUNS + 162);
    publish(reportNewer({ stack: DEFAULT_STACK, imitated, versions, seed }, collected));
  } finally {
    await sides.close();
  }
});

function publish(report: string): void {
  mkdirSync(join(REPORT, '..'), { recursive: true });
  writeFileSync(REPORT, report);
  console.log(report);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary !== undefined && summary !== '') appendFileSync(summary, report);
}

test('a version is compared by its numbers', () => {
  expect(isNewer('0.143.10', '0.143.9')).toBe(true);
  expect(isNewer('1.0.0', '0.165.0')).toBe(true);
  expect(isNewer('0.143.3', '0.143.3')).toBe(false);
  expect(isNewer('0.99.1', '0.143.3')).toBe(false);
});
