import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRequests, choiceOf } from './differential/check-requests.ts';
import { collectDifferences } from './differential/collect-differences.ts';
import { DEFINITIONS } from './differential/definitions.ts';
import { failureMessage } from './differential/failure-message.ts';
import { reportNewer } from './differential/newer-report.ts';
import { liveRequest } from './differential/requests.ts';
import { openSides, type Sides, type SidesOptions } from './differential/sides.ts';
import { bytesOf } from './differential/wire.ts';
import { type Live, startLive } from './live-endpoint.ts';

const STACK = 'fastapi-0.143';

// The differential test passes when nothing is found, so here is shown that it finds.
describe('what the differential test would say', () => {
  let live: Live;
  const opened: Sides[] = [];
  beforeAll(async () => {
    live = await startLive(STACK, DEFINITIONS);
  });
  afterAll(async () => {
    await Promise.all(opened.map((sides) => sides.close()));
    await live?.close();
  });

  const open = async (options: Pick<SidesOptions, 'stack' | 'alter'>) => {
    const sides = await openSides({ live, definitions: DEFINITIONS, ...options });
    opened.push(sides);
    return sides;
  };
  const { seed } = choiceOf(500, {});

  test('a byte that is wrong in one kind of error is found, and told with a small request', async () => {
    const sides = await open({
      stack: STACK,
      alter: (answer) => {
        const text = answer.body.toString('latin1');
        const wrong = text.replace('"type":"int_parsing"', '"type":"int_parsinG"');
        return { ...answer, body: Buffer.from(wrong, 'latin1') };
      },
    });
    const result = await checkRequests(sides, liveRequest, { seed, runs: 500 });
    const [request] = result.counterexample ?? [];
    if (request === undefined) throw new Error('nothing was found');
    // A random request has 300 bytes and more; its head alone, about 90.
    expect(bytesOf(request).length).toBeLessThan(200);

    const compared = { stack: STACK, versions: live.versions };
    const message = (await failureMessage(result, sides, compared)) ?? '';
    expect(message).toContain(`stack ${STACK}, FastAPI 0.143.3 on CPython ${live.versions.python}`);
    expect(message).toContain(
      `LIVE_SEED=${seed} LIVE_PATH=${result.counterexamplePath} npm run test:live`,
    );
    expect(message).toContain(`to "${request.definition}"`);
    expect(message).toContain(`${request.method} ${request.target} HTTP/1.1\n`);
    expect(message).toContain('differs: body\n');
    expect(message).toMatch(/FastAPI answered\n422\n[\s\S]+"int_parsing"/);
    expect(message).toMatch(/the emulator answered\n422\n[\s\S]+"int_parsinG"/);
    expect(message).toMatch(/^curl: .*curl --silent .* "\$URL"$/m);

    const path = result.counterexamplePath ?? '';
    const again = await checkRequests(sides, liveRequest, { seed, runs: 500, path });
    expect(again.counterexample).toEqual(result.counterexample);
  });

  test('another generation is found by its headers, with the smallest request there is', async () => {
    const sides = await open({ stack: 'fastapi-0.115' });
    const result = await checkRequests(sides, liveRequest, { seed, runs: 500 });
    expect(result.failed).toBe(true);
    expect(bytesOf(result.counterexample?.[0] ?? never()).length).toBeLessThan(200);
  });

  test('a report has the kinds of differences, how often, and the smallest request of each', async () => {
    const sides = await open({ stack: 'fastapi-0.115' });
    const collected = await collectDifferences(sides, [], {
      requests: liveRequest,
      seed,
      runs: 300,
    });
    expect(collected.found.map(({ signature }) => signature)).toContain('headers: vary (at 422)');
    expect(collected.found.every(({ count }) => count > 0)).toBe(true);
    const newer = { stack: 'fastapi-0.115', imitated: '0.115.11', versions: live.versions, seed };
    const report = reportNewer(newer, collected);
    expect(report).toContain('## FastAPI 0.143.3 against the stack fastapi-0.115\n');
    for (const { signature, count } of collected.found) {
      expect(report).toContain(`| ${signature} | ${count} |`);
      expect(report).toContain(`### ${signature}\n`);
    }
  });
});

function never(): never {
  throw new Error('nothing was found');
}
