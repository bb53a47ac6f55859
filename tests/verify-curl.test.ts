import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import type { CheckResult, ProbeRequest, Report } from '../src/verify/index.ts';
import { DEFINITIONS } from './verify/definitions.ts';
import { emulatorTransport } from './verify/emulator-transport.ts';
import { type Changes, resultOf, URL_OF_TEST, verifyWith } from './verify/verify-with.ts';

/** Runs lines for a shell with a curl that tells its arguments. */
function argumentsOf(lines: readonly string[], env: Record<string, string> = {}): string[][] {
  const curl = `curl() { printf '%s\\0' "$@"; printf '\\1'; }`;
  const output = execFileSync('sh', ['-c', [curl, ...lines].join('\n')], {
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
  });
  return output
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

const linesOf = ({ results }: Report) => [
  ...new Set(results.map(({ curl }) => curl).filter((line) => line !== null)),
];

async function run(changes: Changes = {}): Promise<{ report: Report; sent: ProbeRequest[] }> {
  const emulator = createEmulator({ function: changes.function, answer: 'echo' });
  const sent: ProbeRequest[] = [];
  const inner = emulatorTransport(emulator);
  const report = await verifyWith(async (request, limits) => {
    sent.push(request);
    return inner(request, limits);
  }, changes);
  return { report, sent };
}

/** What curl would send, by the words that it is given. */
function requestOf(words: readonly string[]) {
  const [flag, ...rest] = words;
  expect(flag).toBe('-i');
  const given = new Map<string, string[]>();
  let url = '';
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? '';
    if (word === '--compressed') continue;
    if (!word.startsWith('-')) url = word;
    else given.set(word, [...(given.get(word) ?? []), rest[++index] ?? '']);
  }
  const body = given.get('-d')?.[0] ?? null;
  const method = given.get('-X')?.[0] ?? (body === null ? 'GET' : 'POST');
  return { method, url, body, headers: given.get('-H') ?? [] };
}

describe.each(Object.entries(DEFINITIONS))('%s', (_name, definition) => {
  test('every line repeats its request', async () => {
    const { report, sent } = await run({ function: definition });
    const repeated = argumentsOf(linesOf(report)).map(requestOf);
    expect(repeated.map(({ method, url, body }) => ({ method, url, body }))).toEqual(
      sent.map(({ method, url, body }) => ({
        method,
        url,
        body: body === null ? null : new TextDecoder().decode(body),
      })),
    );
    for (const { body, headers } of repeated) {
      const asked = 'Accept-Encoding: gzip, deflate';
      expect(headers).toEqual([
        asked,
        ...(body === null ? [] : ['Content-Type: application/json']),
      ]);
    }
  });
});

test('every result has a line, but those that make no sense', async () => {
  const { report } = await run();
  const without = report.results.filter(({ curl }) => curl === null);
  expect(without.map(({ problem }: CheckResult) => problem)).toEqual(['not-applicable']);
});

test('secrets are variables', async () => {
  const { report, sent } = await run({
    url: `${URL_OF_TEST}?token=hidden-one&empty=&bare-word-two&a%20b=hidden-three`,
    headers: [
      ['Modal-Key', 'wk-hidden'],
      ['Modal-Secret', 'ws-hidden'],
      ['X-Api-Key', 'hidden-four'],
      ["x$'y", 'hidden-five'],
      ['X-Api-Key', 'hidden-six'],
      ['User-Agent', "it's me"],
    ],
  });
  expect(linesOf(report).join('\n')).not.toMatch(/hidden|bare-word/);
  const { curl } = resultOf(report, 'empty-prompt');
  expect(curl).toBe(
    `curl -i --compressed '${URL_OF_TEST}?token='"$QUERY_TOKEN"'&empty=&'"$QUERY_"'&a%20b='"$QUERY_A_B" ` +
      `-H 'Accept-Encoding: gzip, deflate' ` +
      `-H 'Modal-Key: '"$MODAL_KEY" -H 'Modal-Secret: '"$MODAL_SECRET" ` +
      `-H 'X-Api-Key: '"$HEADER_X_API_KEY" -H 'x$'\\''y: '"$HEADER_X_Y" ` +
      `-H 'X-Api-Key: '"$HEADER_X_API_KEY_2" -H 'User-Agent: it'\\''s me' ` +
      `-H 'Content-Type: application/json' -d '{"prompt":""}'`,
  );
  const env = {
    QUERY_TOKEN: 'hidden-one',
    QUERY_: 'bare-word-two',
    QUERY_A_B: 'hidden-three',
    MODAL_KEY: 'wk-hidden',
    HEADER_X_Y: '"hidden $HOME five"',
  };
  const repeated = argumentsOf(linesOf(report), env).map(requestOf);
  expect(repeated.map(({ url }) => url)).toEqual(sent.map(({ url }) => url));
  expect(repeated[0]?.headers).toContain(`x$'y: "hidden $HOME five"`);
});

test('a long prompt is a short line', async () => {
  const { report } = await run();
  expect(resultOf(report, 'long-prompt').curl?.length).toBeLessThan(400);
});

test('what is packed wrongly is shown byte by byte', async () => {
  const inner = emulatorTransport(createEmulator({ answer: 'echo' }), (answer) => ({
    ...answer,
    headers: [...answer.headers, ['content-encoding', 'gzip']],
  }));
  const report = await verifyWith(inner);
  const { curl, problem } = resultOf(report, 'content-encoding');
  expect(problem).toBe('encoding-mismatch');
  expect(curl).toMatch(/^curl -i '.*' -H 'Accept-Encoding: gzip, deflate' .* \| od -c$/);
});

test('an Accept-Encoding of the user takes the place of the usual one', async () => {
  const { report } = await run({ headers: [['accept-encoding', 'gzip']] });
  const { curl } = resultOf(report, 'reach');
  expect(curl?.match(/accept-encoding/gi)).toHaveLength(1);
  expect(curl).toContain(`-H 'accept-encoding: gzip'`);
});
