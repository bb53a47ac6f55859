import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import { BAD_ANSWERS, onText, WELL_PACKED, withBody } from './verify/bad-answers.ts';
import { BAD_ECHOES } from './verify/bad-echoes.ts';
import type { Alter } from './verify/emulator-transport.ts';
import { emulatorTransport } from './verify/emulator-transport.ts';
import { resultOf, verifyWith, wrongOf } from './verify/verify-with.ts';

const SEEDS = Array.from({ length: 5 }, (_, index) => `seed ${index}`);

const spoiled = (alter: Alter) =>
  emulatorTransport(createEmulator({ answer: { source: 'echo', completion: '' } }), alter);

describe.each([
  ['an answer', BAD_ANSWERS],
  ['an echo', BAD_ECHOES],
] as const)('%s is caught', (_kind, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    for (const seed of SEEDS) {
      const report = await verifyWith(spoiled(one.alter), { seed });
      expect(report.verdict).toBe('failed');
      const first = report.results.find(({ status }) => status === 'failed');
      expect(`${first?.id}: ${first?.problem}`, seed).toBe(`${one.check}: ${one.code}`);
      for (const text of [first?.reason, first?.hint, first?.curl, first?.consequence]) {
        expect(text).toMatch(/\S/);
      }
    }
  });
});

test.each(WELL_PACKED)('%s is as good', async (_name, alter) => {
  expect(wrongOf(await verifyWith(spoiled(alter)))).toEqual([]);
});

describe('a stale answer', () => {
  /** A cache whose key is too short gives everybody the first answer. */
  const cached = () => {
    let first: string | null = null;
    return spoiled(
      onText((text) => {
        first ??= text;
        return first;
      }),
    );
  };

  test.each([true, false])('is caught, with the echo or without (%s)', async (needsEcho) => {
    const report = await verifyWith(cached(), { needsEcho });
    const stale = ['extra-keys', 'empty-prompt', 'non-ascii-prompt', 'long-prompt'];
    const wrong = stale.map((id) => `${id}: stale-answer`);
    expect(wrongOf(report).filter((one) => !one.startsWith('langchain'))).toEqual(wrong);
  });

  test('is none where the own prompt is there, too', async () => {
    let all = '';
    const history = onText((text) => {
      all = `${all}\n${text}`;
      return all;
    });
    const report = await verifyWith(spoiled(history));
    expect(wrongOf(report)).toEqual(['empty-prompt: stale-answer']);
  });
});

describe('what one request shows', () => {
  test('is not told again by the others, and costs nothing more', async () => {
    const broken = spoiled((answer) => (answer.status === 200 ? withBody(answer, '[]') : answer));
    const report = await verifyWith(broken);
    expect(wrongOf(report)).toEqual(['shape: answer-not-object', 'langchain: langchain-raises']);
    expect(resultOf(report, 'echo')).toMatchObject({
      status: 'skipped',
      problem: 'earlier-failure',
      reason: 'The answer cannot be read as far as that (answer-not-object).',
    });
    expect(resultOf(report, 'long-prompt').status).toBe('skipped');
    expect(resultOf(report, 'missing-prompt').status).toBe('passed');
    expect(report.requests.sent).toBe(4);
  });

  test('is told where only one of them shows it', async () => {
    const onLong = spoiled((answer) =>
      answer.body.length > 5000 ? { ...answer, status: 500 } : answer,
    );
    const report = await verifyWith(onLong);
    expect(wrongOf(report)).toEqual(['long-prompt: server-error']);
  });
});

describe('a consequence', () => {
  const consequenceOf = async (alter: Alter, id: string, needsEcho = true) =>
    resultOf(await verifyWith(spoiled(alter), { needsEcho }), id).consequence;

  test("is what LangChain's class raises", async () => {
    const otherKey = onText(() => 1);
    expect(await consequenceOf(otherKey, 'shape')).toBe(
      "LangChain's Modal class raises TypeError: argument of type 'int' is not iterable.",
    );
  });

  test('says where the class looks away', async () => {
    const created: Alter = (answer) =>
      answer.status === 200 ? { ...answer, status: 201 } : answer;
    expect(await consequenceOf(created, 'status')).toBe(
      "LangChain's Modal class takes it as it is; stricter clients do not.",
    );
  });

  test('leaves the echo out where nobody asked for it', async () => {
    const dummy: Alter = (answer) =>
      answer.status === 200
        ? { ...withBody(answer, '{"prompt":"hello world"}'), status: 201 }
        : answer;
    expect(await consequenceOf(dummy, 'status', false)).toBeNull();
  });
});

test('the place of a difference is shown', async () => {
  const report = await verifyWith(spoiled(onText((text) => text.replace(' & ', ' and '))));
  const { reason } = resultOf(report, 'echo');
  expect(reason).toContain(`" & 'R&D', if x < y?`);
  expect(reason).toContain(` and 'R&D', if x < y?`);
});

describe('a bare string', () => {
  const definition = { handler: { kind: 'answer', key: null } } as const;
  const bare = (alter: Alter) =>
    emulatorTransport(createEmulator({ function: definition, answer: 'echo' }), alter);

  test.each([
    ['an object', '{"prompt": "hello"}', 'shape: answer-not-string'],
    ['a number', '1', 'shape: answer-not-string'],
    ['another text', '"hello"', 'echo: echo-missing'],
    ['a text without quotes', 'hello', 'json: plain-text'],
  ])('is not %s', async (_name, body, wrong) => {
    const transport = bare((own) => (own.status === 200 ? withBody(own, body) : own));
    expect(wrongOf(await verifyWith(transport, { function: definition }))).toEqual([wrong]);
  });

  test('may itself look like JSON', async () => {
    const transport = bare((own) =>
      own.status === 200 ? withBody(own, JSON.stringify('{"prompt": "hello"}')) : own,
    );
    const report = await verifyWith(transport, { function: definition, needsEcho: false });
    expect(wrongOf(report)).toEqual([]);
  });
});

test('the key that is used is named', async () => {
  const report = await verifyWith(
    spoiled((own) => (own.status === 200 ? withBody(own, '{"id":"a","answer":"b"}') : own)),
  );
  expect(resultOf(report, 'shape')).toMatchObject({
    problem: 'key-other',
    reason:
      'The answer has no key "prompt"; it has "id", "answer". ' +
      'Clients look for the text there, and nowhere else.',
    hint: 'Answer under "prompt", or say that it is meant to be "answer": --answer-key answer.',
  });
});

test('what is quoted is clipped, and cannot move a cursor', async () => {
  const nasty = `\u001b[2J${'\u202e!'.repeat(10_000)}`;
  const alter: Alter = (own) => (own.status === 200 ? withBody(own, nasty) : own);
  const report = await verifyWith(spoiled(alter));
  for (const { reason, consequence, hint } of report.results) {
    for (const text of [reason, consequence, hint]) {
      expect(text ?? '').not.toMatch(/[\p{Cc}\u202e]/u);
      expect(text?.length ?? 0).toBeLessThan(1500);
    }
  }
});
