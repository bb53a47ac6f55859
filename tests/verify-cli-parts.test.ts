import { describe, expect, test } from 'vitest';
import type { Output } from '../src/cli/command.ts';
import { createGithub } from '../src/cli/verify/github.ts';
import { createPaint } from '../src/cli/verify/paint.ts';
import { proxyNote } from '../src/cli/verify/proxy-note.ts';
import { formatIntent, formatOutcome, formatResult } from '../src/cli/verify/text.ts';
import { withoutSecrets } from '../src/verify/endpoint-url.ts';
import { RESULTS, report, result } from './verify-cli/reports.ts';

const plain = (_color: string, text: string) => text;

describe('the line of a check', () => {
  test('that passed is one line', () => {
    expect(formatResult(result(), plain)).toBe(
      '  ok       status: The answer has the status 200.  12 ms\n',
    );
  });

  test('that failed says why, what comes of it, what to do and how to repeat it', () => {
    const failed = RESULTS.find(({ id }) => id === 'echo') ?? result();
    expect(formatResult(failed, plain)).toBe(
      `  FAILED   echo: The answer repeats the prompt.  12 ms
           [echo-missing] The answer "hello world" does not contain the prompt.
           LangChain's Modal class raises UnboundLocalError.
           Return the prompt, then the completion.
           curl -i 'http://x/' -d '{"prompt":"a"}'
`,
    );
  });

  test('of an interaction is its name', () => {
    const passed = result({
      group: 'pact',
      id: 'pact: a: b',
      title: 'It does what a recorded: b.',
    });
    expect(formatResult(passed, plain)).toBe('  ok       pact: a: b  12 ms\n');
  });

  test('that was skipped says why', () => {
    const skipped = RESULTS.find(({ status }) => status === 'skipped') ?? result();
    expect(formatResult(skipped, plain)).toBe(
      '  skipped  pact: a: b: The budget of 20 requests is spent.\n',
    );
  });

  test('shows nothing that a terminal would obey, and no more than can be read', () => {
    const reason = `\u001b[2J\r\n\u0007\u202e${'x'.repeat(5000)}`;
    const text = formatResult(result({ status: 'failed', reason, hint: reason }), plain);
    expect(text).toContain('\\u001b[2J\\r\\n\\u0007\\u202e');
    expect(text.split('\n')).toHaveLength(4);
    expect(text.length).toBeLessThan(3000);
  });
});

test('the head says what will be done', () => {
  const intent = {
    version: '1.2.3',
    url: 'http://h/',
    contract: 'POST',
    pacts: '2 files',
    requestsMax: 1,
    timeoutMs: 300_000,
    seed: '42',
  };
  expect(formatIntent(intent, plain)).toBe(`modal-emulator 1.2.3 verify http://h/

  contract  POST
  pacts     2 files
  budget    1 request, 5 min for a check
  seed      42

`);
});

describe('the end', () => {
  test('has the verdict, the counts, and the cold start apart', () => {
    expect(formatOutcome(report(), plain)).toBe(`
Failed. 5 checks: 2 passed, 1 failed, 1 inconclusive, 1 skipped; 9 of 20 requests in 1.2 s.
First answer after 31 s, a cold start included; later ones after 21 ms (median), 40 ms at most.
Skipped 1 (budget-spent). Give more: --max-requests.
`);
  });

  test('says of the speed only what is known', () => {
    const latency = { firstAnswerMs: 5, laterMedianMs: null, laterMaxMs: null };
    expect(formatOutcome(report([], { latency }), plain)).toContain('\nFirst answer after 5 ms.\n');
    const none = { firstAnswerMs: null, laterMedianMs: null, laterMaxMs: null };
    expect(formatOutcome(report([], { latency: none }), plain)).not.toContain('answer');
  });
});

describe('colours', () => {
  // Sound: nothing else of an output is looked at.
  const output = (isTTY: boolean) => ({ isTTY }) as Output;

  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [false, {}, false],
    [false, { FORCE_COLOR: '1' }, false],
  ])('terminal: %j, environment: %j', (isTTY, environment, isColored) => {
    const text = createPaint(output(isTTY), environment)('red', 'x');
    expect(text).toBe(isColored ? '\u001b[31mx\u001b[39m' : 'x');
  });
});

describe('a proxy that is not used', () => {
  const url = new URL('https://h.example/');

  test.each([
    [url, { HTTPS_PROXY: 'http://user:hunter2@p' }, 'HTTPS_PROXY'],
    [url, { https_proxy: 'p' }, 'https_proxy'],
    [url, { ALL_PROXY: 'p' }, 'ALL_PROXY'],
    [url, { HTTP_PROXY: 'p' }, null],
    [url, { HTTPS_PROXY: '' }, null],
    [new URL('http://h/'), { HTTP_PROXY: 'p', HTTPS_PROXY: 'q' }, 'HTTP_PROXY'],
    [new URL('http://127.0.0.1:8000/'), { HTTP_PROXY: 'p' }, null],
    [new URL('http://[::1]:8000/'), { HTTP_PROXY: 'p' }, null],
    [url, { HTTPS_PROXY: 'p', NO_PROXY: 'x, .example' }, null],
    [url, { HTTPS_PROXY: 'p', no_proxy: '*' }, null],
    [url, { HTTPS_PROXY: 'p', NO_PROXY: 'ample' }, 'HTTPS_PROXY'],
  ])('%s %j', (asked, environment, name) => {
    const note = proxyNote(asked, environment);
    if (name === null) expect(note).toBeNull();
    else expect(note).toMatch(new RegExp(`^${name} is set, and verify does not use it`));
    expect(note ?? '').not.toContain('hunter2');
  });
});

describe('GitHub Actions', () => {
  test('is nothing elsewhere', async () => {
    const github = createGithub({ GITHUB_STEP_SUMMARY: '/none/x' });
    expect(github.before + github.after + github.annotations(report())).toBe('');
    expect(await github.writeSummary(report())).toBeNull();
  });

  test('keeps an answer from giving commands, by a word that nobody can know', () => {
    const [one, other] = [0, 1].map(() => createGithub({ GITHUB_ACTIONS: 'true' }));
    const word = /^::stop-commands::([\w-]{30,})\n$/.exec(one?.before ?? '')?.[1];
    expect(one?.after).toBe(`::${word}::\n`);
    expect(other?.before).not.toBe(one?.before);
  });
});

test.each([
  ['http://u:p@h/?a=b&c=d#e', 'http://***@h/?a=***&c=***#***'],
  ['u:p@h/x', '***@h/x'],
  ['http://h/@x?y', 'http://h/@x?y'],
])('%s is shown as %s', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});
