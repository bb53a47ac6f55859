import { describe, expect, test } from 'vitest';
import {
  type AnswerSource,
  createEmulator,
  createVirtualClock,
  type Emulator,
  type EmulatorInput,
  STACK_NAMES,
  UsageError,
} from '../src/emulator/index.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

function post(emulator: Emulator, body: unknown): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = { method: 'POST', headers: JSON_TYPE, body: text };
  return emulator.fetch(new Request('http://localhost/', init));
}

async function ask(emulator: Emulator, prompt: string): Promise<string> {
  const { prompt: answer } = await (await post(emulator, { prompt })).json();
  return answer;
}

function sourceOf(answer: AnswerSource['answer']): AnswerSource {
  return { name: 'own', summary: 'of the test', needsPrompt: false, answer };
}

describe('by default', () => {
  test("is the dummy of LangChain's page", async () => {
    const emulator = createEmulator();
    const response = await post(emulator, { prompt: 'hi', more: [1] });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"prompt":"hello world"}');
    expect(emulator.config).toMatchObject({
      stack: 'fastapi-0.143',
      answer: { source: 'hello' },
      journalMax: 1000,
      bodyMaxBytes: 64 * 1024 * 1024,
    });
  });

  test.each(STACK_NAMES)('%s answers, refuses and finds nothing', async (stack) => {
    const emulator = createEmulator({ stack, answer: 'echo' });
    expect(await ask(emulator, 'hi')).toBe('hi This is a completion by modal-emulator.');
    expect((await post(emulator, {})).status).toBe(422);
    expect((await emulator.fetch(new Request('http://localhost/'))).status).toBe(405);
    expect((await emulator.fetch(new Request('http://localhost/docs'))).status).toBe(404);
  });
});

describe('HEAD', () => {
  test('has the headers of the refusal, and no body', async () => {
    const emulator = createEmulator();
    const response = await emulator.fetch(new Request('http://localhost/', { method: 'HEAD' }));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(response.headers.get('content-length')).toBe('31');
    expect(await response.text()).toBe('');
  });
});

describe('options that are not valid', () => {
  test.each<[EmulatorInput, string[]]>([
    [{ stack: 'fastapi-9' as 'fastapi-0.92' }, ['stack']],
    [{ journalMax: -1 }, ['journalMax']],
    [
      { journalMax: 1.5, journalBodyMaxBytes: -1, bodyMaxBytes: 0 },
      ['journalMax', 'journalBodyMaxBytes', 'bodyMaxBytes'],
    ],
    [{ seed: '' }, ['seed']],
    [{ answer: 'parrot' as 'echo' }, ['answer', 'must be hello, echo or faker']],
    [{ answer: { source: 'faker', words: 0 } }, ['answer.words']],
    [{ function: { body: { fields: { n: 'number' } } } }, ['function.body.fields.n', 'number']],
    [{ function: { body: 'dict', query: { a: 'str' } } }, ['function.query', 'not both']],
    [{ prot: 80 } as EmulatorInput, ['prot']],
  ])('%j is a usage error that names each', (input, named) => {
    let thrown: unknown;
    try {
      createEmulator(input);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    const { code, message } = thrown as UsageError;
    expect(code).toBe('invalid-options');
    expect(message).toMatch(/^Failed to create an emulator: /);
    for (const name of named) expect(message).toContain(name);
  });

  test('a whole number is a seed like its text', () => {
    expect(createEmulator({ seed: 42 }).config.seed).toBe('42');
  });
});

describe("a source of one's own", () => {
  test('gets the prompt, every parameter with its default, and the clock', async () => {
    const clock = createVirtualClock(5000);
    const asked: unknown[] = [];
    const answers = sourceOf(({ prompt, parameters }, context) => {
      asked.push([prompt, [...parameters], context.clock.now()]);
      return 'fine';
    });
    const fields = { prompt: 'str', n: 'int = 64', t: 'float = 1', s: 'Optional[str] = None' };
    const emulator = createEmulator({ function: { body: { fields } } }, { answers, clock });
    expect(await ask(emulator, 'hi')).toBe('fine');
    const parameters = [
      ['prompt', 'hi'],
      ['n', 64n],
      ['t', 1],
      ['s', null],
    ];
    expect(asked).toEqual([['hi', parameters, 5000]]);
  });

  test('may answer later', async () => {
    const clock = createVirtualClock();
    const answers = sourceOf(async (question, context) => {
      await context.clock.sleep(60_000);
      return `${question.prompt} later`;
    });
    const emulator = createEmulator({}, { answers, clock });
    const answer = ask(emulator, 'hi');
    while (clock.sleeping === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(emulator.journal.total).toBe(0);
    await clock.advance(60_000);
    expect(await answer).toBe('hi later');
    expect(emulator.journal.list()[0]?.durationMs).toBe(60_000);
  });

  const failures: [string, AnswerSource['answer']][] = [
    [
      'throws',
      () => {
        throw new TypeError('out of words');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('out of words'))],
  ];
  test.each(failures)(
    'that %s is a crash of the function, said to the owner only',
    async (_, answer) => {
      const reasons: string[] = [];
      const onCrash = (reason: string) => reasons.push(reason);
      const emulator = createEmulator({}, { answers: sourceOf(answer), onCrash });
      const response = await post(emulator, { prompt: 'hi' });
      expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error']);
      expect(reasons).toEqual(['TypeError: out of words']);
      expect(emulator.journal.list()[0]?.outcome).toMatchObject({ kind: 'reply', status: 500 });
    },
  );

  test('that says what UTF-8 cannot carry is a crash too', async () => {
    const reasons: string[] = [];
    const surroundings = {
      answers: sourceOf(() => '\ud800'),
      onCrash: (r: string) => reasons.push(r),
    };
    const response = await post(createEmulator({}, surroundings), { prompt: 'hi' });
    expect(response.status).toBe(500);
    expect(reasons[0]).toMatch(/^UnicodeEncodeError/);
  });
});

describe('a seed', () => {
  const prompts = Array.from({ length: 12 }, (_, number) => `Question ${number}: why?`);
  const answersBy = async (seed: string, order: readonly string[]) => {
    const emulator = createEmulator({ seed, answer: 'faker' });
    const answers = await Promise.all(
      order.map(async (prompt) => [prompt, await ask(emulator, prompt)] as const),
    );
    return Object.fromEntries(answers);
  };

  test('decides every answer, in whatever order the questions come', async () => {
    const forwards = await answersBy('one', prompts);
    expect(await answersBy('one', prompts.toReversed())).toEqual(forwards);
    expect(await answersBy('one', [...prompts, ...prompts])).toEqual(forwards);
    expect(new Set(Object.values(forwards)).size).toBe(prompts.length);
  });

  test('another one gives other answers', async () => {
    const [one, two] = [await answersBy('one', prompts), await answersBy('two', prompts)];
    for (const prompt of prompts) expect(two[prompt]).not.toBe(one[prompt]);
  });
});

describe('two emulators in one process', () => {
  test('share nothing', async () => {
    const script = { source: 'script' as const, script: { answers: ['first', 'second'] } };
    const [one, two] = [createEmulator({ answer: script }), createEmulator({ answer: script })];
    one.setReady(false);
    expect(await ask(one, 'a')).toBe('first');
    expect(await ask(one, 'b')).toBe('second');
    expect(await ask(two, 'c')).toBe('first');
    expect(one.journal.list().map(({ request }) => request.prompt)).toEqual(['a', 'b']);
    expect(two.journal.list().map(({ ordinal, request }) => [ordinal, request.prompt])).toEqual([
      [1, 'c'],
    ]);
    one.reset();
    expect(two.journal.total).toBe(1);
    const isReady = async (emulator: Emulator) =>
      (await emulator.fetch(new Request('http://localhost/__admin/ready'))).ok;
    expect([await isReady(one), await isReady(two)]).toEqual([false, true]);
  });
});

describe('reset', () => {
  test('starts over: journal, ordinals and the sequence of answers', async () => {
    const script = { source: 'script' as const, script: { answers: ['first', 'second'] } };
    const emulator = createEmulator({ answer: script });
    expect(await ask(emulator, 'a')).toBe('first');
    emulator.reset();
    expect(emulator.journal.list()).toEqual([]);
    expect(await ask(emulator, 'b')).toBe('first');
    expect(emulator.journal.list().map(({ ordinal }) => ordinal)).toEqual([1]);
  });
});
