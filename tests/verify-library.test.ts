import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatJunitReport, type Report, UsageError, verify } from '../src/verify/node/index.ts';
import { type Endpoint, nobody, startBroken, startEmulator } from './verify-cli/endpoints.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-library-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function started(starting: Promise<Endpoint>): Promise<string> {
  const endpoint = await starting;
  open.push(endpoint);
  return endpoint.url;
}

describe('verify', () => {
  test('returns the report, and tells every result of it on the way', async () => {
    const told: string[] = [];
    const url = await started(startEmulator());
    const report: Report = await verify(url, {
      seed: 7,
      onResult: ({ id }) => void told.push(id),
    });
    expect(report).toMatchObject({ verdict: 'passed', seed: '7', url, requests: { max: 20 } });
    expect(report.results.map(({ id }) => id)).toEqual(told);
    expect(formatJunitReport(report)).toContain('<testsuites');
  });

  test('takes the shape of the endpoint as a config file does', async () => {
    const shape = {
      query: { q: 'str' },
      method: 'GET',
      handler: { kind: 'answer', key: 'a' },
    } as const;
    const url = await started(startEmulator({ answer: 'echo', function: shape }));
    expect((await verify(url, { function: shape })).verdict).toBe('passed');
    expect((await verify(url)).verdict).toBe('failed');
  });

  test('sends headers, however they are written', async () => {
    const seen: (string | string[] | undefined)[] = [];
    const url = await started(
      startBroken((request, response) => {
        seen.push(request.headers['x-own'], request.headers['modal-key']);
        response.writeHead(500).end();
      }),
    );
    const token = { modalKey: 'k-123456', modalSecret: 's-123456', requestsMax: 1 };
    await verify(url, { headers: { 'X-Own': 'one' }, ...token });
    await verify(url, { headers: [['X-Own', 'two']], ...token });
    expect(seen).toEqual(['one', 'k-123456', 'two', 'k-123456']);
  });

  test('looks for no pacts by itself, and keeps those that are named apart', async () => {
    const url = await started(startEmulator());
    const path = join(folder, 'no-pact.json');
    await writeFile(path, '{}');
    const without = await verify(url);
    expect(without.results.filter(({ group }) => group === 'pact')).toEqual([]);
    const report = await verify(url, { pacts: [path] });
    expect(report.verdict).toBe('inconclusive');
    expect(report.results.filter(({ group }) => group === 'pact')).toMatchObject([
      { status: 'inconclusive', problem: 'pact-not-a-pact' },
    ]);
  });

  test('does not reject for what an endpoint does', async () => {
    expect(await verify(await nobody())).toMatchObject({ verdict: 'inconclusive' });
  });
});

test.each([
  ['localhost:1', {}, 'Did you mean "http://localhost:1"?'],
  ['http://h/', { requestsMax: 0 }, '"requestsMax" must be at least 1.'],
  ['http://h/', { timeoutMs: 1.5 }, '"timeoutMs" must be a whole number'],
  ['http://h/', { headers: { 'X Y': 'hunter2' } }, '"headers.0.0" must have a header name'],
  ['http://h/', { headers: [['X', 'hunter2\n']] }, 'must have a value without line breaks'],
  ['http://h/', { modalKey: 'hunter2' }, 'its secret is missing'],
  ['http://h/', { timeout: 5 }, '"timeout" is not a known key. Did you mean "timeoutMs"?'],
  ['http://h/', { function: { handler: { kind: 'stream' } } }, 'its handler is "stream"'],
  ['http://h/', { pacts: ['none.json'] }, 'Failed to read pact "none.json": there is no such file'],
])('%s %j is a mistake of the caller', async (url, input, message) => {
  // Sound: a program in JavaScript may hand over anything.
  const error: unknown = await verify(url, input as never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('hunter2');
});
