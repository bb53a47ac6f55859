import { faker as sharedFaker } from '@faker-js/faker/locale/en';
import { describe, expect, test } from 'vitest';
import { createAnswerSource } from '../src/emulator/answers/create-answer-source.ts';
import { type AnswerInput, answerSchema } from '../src/emulator/answers/options.ts';
import { AnswerError, type AnswerSource } from '../src/emulator/answers/source.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { createRandom, type Random } from '../src/scenarios/random.ts';

const clock = createVirtualClock();

function sourceOf(input: AnswerInput): AnswerSource {
  return createAnswerSource(answerSchema.parse(input));
}

/** Asks as the emulator does: the random is a fork named after the question. */
function ask(source: AnswerSource, prompt: string, seed = 'tests'): string | Promise<string> {
  const random = createRandom(seed).fork(`answer:${prompt}`);
  return source.answer(
    { prompt, parameters: new Map([['prompt', prompt]]) },
    { clock, randomFor: () => random },
  );
}

/** Reads the messages of a refused choice, each with its place. */
function mistakesOf(input: unknown): string[] {
  const result = answerSchema.safeParse(input);
  return (result.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

function script(value: unknown): AnswerSource {
  return createAnswerSource(answerSchema.parse({ source: 'script', script: value } as AnswerInput));
}

function scriptMistakes(value: unknown): string[] {
  return mistakesOf({ source: 'script', script: value });
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = random.integer(0, index);
    [result[index], result[other]] = [result[other] as Item, result[index] as Item];
  }
  return result;
}

describe('hello', () => {
  test('answers the two words of the documentation, whatever is asked', () => {
    const source = sourceOf('hello');
    expect(ask(source, 'Who won?')).toBe('hello world');
    expect(ask(source, '')).toBe('hello world');
    expect(source.needsPrompt).toBe(false);
  });
});

describe('echo', () => {
  test('puts the prompt, byte for byte, before the completion', () => {
    const prompt = ' Ünïcode \r\n\u0000 e\u0301 \ud83d\ude00\t';
    expect(ask(sourceOf('echo'), prompt)).toBe(`${prompt} This is a completion by modal-emulator.`);
    expect(ask(sourceOf({ source: 'echo', completion: '' }), prompt)).toBe(prompt);
    expect(sourceOf('echo').needsPrompt).toBe(true);
  });
});

describe('faker', () => {
  const bare = (words: number) => sourceOf({ source: 'faker', words, echo: false });

  test('has exactly the words asked for and ends with a full stop', async () => {
    const lengths = [...Array.from({ length: 60 }, (_, index) => index + 1), 99, 100, 101, 1000];
    for (const words of lengths) {
      for (const prompt of ['a', 'b', 'c', 'd', 'e']) {
        const text = await ask(bare(words), `${prompt} ${words}`);
        expect(countWords(text), `${words} words: ${text}`).toBe(words);
        expect(text).toMatch(/^[A-Z0-9].*\.$/s);
        expect(text, 'two spaces, or a space at the end of a line').not.toMatch(/ {2}| $/m);
        expect(text, 'a dash that counts as a word').not.toMatch(/ - /);
      }
    }
    expect(countWords(await ask(bare(10_000), 'the longest'))).toBe(10_000);
  });

  test('never overshoots where a long sentence would', async () => {
    // One word more than the longest sentence of known length: few free sentences are too long.
    const source = bare(13);
    for (let index = 0; index < 2000; index += 1) {
      const text = await ask(source, `prompt ${index}`);
      expect(countWords(text), text).toBe(13);
    }
  });

  test('breaks into paragraphs of about a hundred words', async () => {
    expect(await ask(bare(100), 'short')).not.toContain('\n');
    const paragraphs = (await ask(bare(1000), 'long')).split('\n\n');
    for (const paragraph of paragraphs.slice(0, -1)) {
      expect(countWords(paragraph)).toBeGreaterThanOrEqual(100);
      expect(countWords(paragraph)).toBeLessThan(130);
      expect(paragraph).toMatch(/\.$/);
    }
    expect(paragraphs.length).toBeGreaterThan(7);
  });

  test('echoes the prompt and goes on after one space', async () => {
    const source = sourceOf({ source: 'faker', words: 12 });
    const text = await ask(bare(12), 'Say:');
    expect(await ask(source, 'Say:')).toBe(`Say: ${text}`);
    for (const prompt of ['', 'Say:\n', 'Say: ']) {
      expect(await ask(source, prompt)).toBe(prompt + (await ask(bare(12), prompt)));
    }
    expect(source.needsPrompt).toBe(true);
    expect(bare(12).needsPrompt).toBe(false);
  });

  test('gives the same answer to the same question in any order of arrival', async () => {
    const seed = String(process.env.TEST_SEED ?? process.hrtime.bigint());
    const prompts = Array.from({ length: 50 }, (_, index) => `question ${index}`);
    const inOrder = sourceOf('faker');
    const expected = new Map<string, string>();
    for (const prompt of prompts) expected.set(prompt, await ask(inOrder, prompt, seed));
    expect(new Set(expected.values()).size, 'every prompt has its own answer').toBe(50);

    // All at once on a source that has not loaded yet, among a second emulator's requests.
    const [one, other] = [sourceOf('faker'), bare(7)];
    const arrivals = shuffled([...prompts, ...prompts], createRandom(seed));
    const answers = await Promise.all(
      arrivals.map(async (prompt) => {
        const [answer] = await Promise.all([ask(one, prompt, seed), ask(other, prompt, seed)]);
        return { prompt, answer };
      }),
    );
    for (const { prompt, answer } of answers) {
      expect(answer, `TEST_SEED=${seed}`).toBe(expected.get(prompt));
    }
  });

  test('another seed gives another answer', async () => {
    const source = sourceOf('faker');
    expect(await ask(source, 'hi', 'one')).not.toBe(await ask(source, 'hi', 'two'));
  });

  test('leaves the shared instance of faker to the tests of its user', async () => {
    const source = sourceOf('faker');
    await ask(source, 'load');
    sharedFaker.seed(42);
    const undisturbed = [sharedFaker.number.int(), sharedFaker.number.int()];
    sharedFaker.seed(42);
    const first = sharedFaker.number.int();
    const answer = await ask(source, 'between');
    expect([first, sharedFaker.number.int()]).toEqual(undisturbed);
    sharedFaker.seed(7);
    expect(await ask(source, 'between')).toBe(answer);
  });

  test('answers at once when it is loaded', async () => {
    const source = sourceOf('faker');
    const first = ask(source, 'one');
    expect(first).toBeInstanceOf(Promise);
    expect(ask(source, 'two')).toBeInstanceOf(Promise);
    const text = await first;
    expect(ask(source, 'one')).toBe(text);
  });
});

describe('script: the sequence', () => {
  const answers = ['first', 'second'];
  const four = (source: AnswerSource) => ['a', 'b', 'c', 'd'].map((prompt) => ask(source, prompt));

  test('begins again after the last answer', () => {
    expect(four(script({ answers }))).toEqual(['first', 'second', 'first', 'second']);
  });

  test('repeats the last answer', () => {
    const source = script({ answers, atEnd: 'last' });
    expect(four(source)).toEqual(['first', 'second', 'second', 'second']);
  });

  test('fails after the last answer and says what to do, until it is reset', () => {
    const source = script({ answers, atEnd: 'fail' });
    const reasons = () => {
      ask(source, 'a');
      ask(source, 'b');
      expect(() => ask(source, 'one too many')).toThrow(AnswerError);
      expect(() => ask(source, 'one too\nmany')).toThrow(
        'Failed to answer prompt "one too\\nmany": the script\'s 2 "answers" were all given ' +
          '(atEnd: fail). Add answers, choose "cycle" or "last" as "atEnd", or reset the emulator ' +
          'between tests.',
      );
    };
    reasons();
    source.reset?.();
    reasons();
  });

  test('reset starts over, and two sources count for themselves', () => {
    const one = script({ answers });
    const other = script({ answers });
    expect(ask(one, 'a')).toBe('first');
    expect(ask(other, 'a')).toBe('first');
    expect(ask(one, 'a')).toBe('second');
    other.reset?.();
    expect(ask(other, 'a')).toBe('first');
  });

  test('puts the prompt before the text where it is told to', () => {
    const own = script({ answers: ['plain', { text: ' echoed', echo: true }] });
    expect(four(own)).toEqual(['plain', 'b echoed', 'plain', 'd echoed']);
    const all = script({ answers: [' echoed', { text: 'plain', echo: false }], echo: true });
    expect(four(all)).toEqual(['a echoed', 'plain', 'c echoed', 'plain']);
  });
});

describe('script: matching', () => {
  const answerTo = (when: unknown, prompt: string) =>
    ask(script({ match: [{ when, answer: 'yes' }], answers: ['no'] }), prompt);

  test.each([
    ['Hi', 'Hi', 'yes'],
    ['Hi', 'Hi ', 'no'],
    ['', '', 'yes'],
    ['', ' ', 'no'],
    [{ equals: 'Hi', ignoreCase: true }, 'hI', 'yes'],
    [{ equals: 'Hi' }, 'hI', 'no'],
    [{ startsWith: 'Question: ' }, 'Question: who?', 'yes'],
    [{ startsWith: 'Question: ' }, 'A Question: who?', 'no'],
    [{ endsWith: 'step.' }, 'step by step.', 'yes'],
    [{ endsWith: 'step.' }, 'step. ', 'no'],
    [{ contains: 'NFL' }, 'What NFL team won?', 'yes'],
    [{ contains: 'NFL' }, 'what nfl team won?', 'no'],
    [{ contains: 'NFL', ignoreCase: true }, 'what nfl team won?', 'yes'],
    [{ contains: ['Bieber', 'NFL'] }, 'NFL in the year Bieber was born', 'yes'],
    [{ contains: ['Bieber', 'NFL'] }, 'NFL', 'no'],
    [{ startsWith: 'Q', contains: 'NFL', endsWith: '.' }, 'Q: NFL.', 'yes'],
    [{ startsWith: 'Q', contains: 'NFL', endsWith: '.' }, 'Q: NFL', 'no'],
    [{ startsWith: 'Q', contains: 'NFL', endsWith: '.' }, 'Q: AFL.', 'no'],
    // What would be special in a pattern is a plain character here.
    [{ contains: '.*' }, 'NFL', 'no'],
    [{ contains: '**bold**' }, 'very **bold** text', 'yes'],
  ])('%j fits %j: %s', (when, prompt, expected) => {
    expect(answerTo(when, prompt)).toBe(expected);
  });

  test('the first rule that fits wins, and does not advance the sequence', () => {
    const source = script({
      match: [
        { when: { contains: 'cat' }, answer: 'meow' },
        { when: { contains: 'dog' }, answer: { text: ' woof', echo: true } },
        { when: 'cat and dog', answer: 'never' },
      ],
      answers: ['first', 'second'],
    });
    const prompts = ['x', 'cat and dog', 'a dog', 'y', 'cat', 'z'];
    const expected = ['first', 'meow', 'a dog woof', 'second', 'meow', 'first'];
    expect(prompts.map((prompt) => ask(source, prompt))).toEqual(expected);
  });

  test('says so when no rule fits and there is nothing else', () => {
    const source = script({ match: [{ when: 'Hi', answer: 'Hello' }] });
    expect(ask(source, 'Hi')).toBe('Hello');
    expect(() => ask(source, `Bye${'!'.repeat(1000)}`)).toThrow(
      `Failed to answer prompt "Bye${'!'.repeat(57)}…": no rule under "match" fits it, and the ` +
        'script has no "answers" for other prompts. Add a rule that fits, or "answers".',
    );
    const exhausted = script({
      match: [{ when: 'Hi', answer: 'Hello' }],
      answers: ['once'],
      atEnd: 'fail',
    });
    ask(exhausted, 'a');
    expect(() => ask(exhausted, 'b')).toThrow('no rule under "match" fits it, and the script\'s 1');
  });

  test('needs the prompt only to match or to echo', () => {
    expect(script({ answers: ['a'] }).needsPrompt).toBe(false);
    expect(script({ answers: ['a'], echo: true }).needsPrompt).toBe(true);
    expect(script({ answers: ['a', { text: 'b', echo: true }] }).needsPrompt).toBe(true);
    expect(script({ answers: [{ text: 'b', echo: false }], echo: true }).needsPrompt).toBe(false);
    expect(script({ match: [{ when: 'a', answer: 'b' }] }).needsPrompt).toBe(true);
  });
});

describe('the choice of a source', () => {
  test('a bare name is the source with its defaults', () => {
    expect(answerSchema.parse('faker')).toEqual({ source: 'faker', words: 40, echo: true });
    for (const name of ['hello', 'echo', 'faker'] as const) {
      expect(answerSchema.parse(name)).toEqual(answerSchema.parse({ source: name }));
      expect(sourceOf(name).name).toBe(name);
    }
  });

  test('parsing what was parsed changes nothing', () => {
    const when = { contains: 'a', ignoreCase: true };
    const match = [{ when, answer: 'b' }];
    const once = answerSchema.parse({ source: 'script', script: { match, answers: ['c'] } });
    expect(answerSchema.parse(once)).toEqual(once);
  });

  test.each([
    ['helo', ': must be hello, echo or faker, or an object'],
    ['script', 'a script is written { source: script, script: { answers: [...] } }'],
    [{ source: 'helo' }, 'source: must be hello, echo, faker or script'],
    [{ source: 'faker', words: 0 }, 'words: Too small'],
    [{ source: 'faker', words: 10_001 }, 'words: Too big'],
    [{ source: 'hello', words: 3 }, 'Unrecognized key: "words"'],
    [{ source: 'script' }, 'script: must be a script: an object with "answers" or "match"'],
  ])('%j is refused: %s', (input, message) => {
    expect(mistakesOf(input).join('\n')).toContain(message);
  });

  const rule = (when: unknown) => ({
    match: [
      { when: 'fine', answer: '' },
      { when, answer: '' },
    ],
  });
  test.each([
    [{}, 'script: must have at least one answer, under "answers" or "match"'],
    [{ answers: ['a'], atEnd: 'stop' }, 'script.atEnd: Invalid option'],
    [{ answers: ['a', 42] }, 'script.answers.1: must be a text, or an object with text and echo'],
    [{ answers: [{ echo: true }] }, 'script.answers.0.text: is missing'],
    [{ answers: [{ text: true }] }, 'script.answers.0.text: must be a text; in YAML, put quotes'],
    [{ answers: [{ text: 'a', eco: true }] }, 'script.answers.0: Unrecognized key: "eco"'],
    [{ match: [{ when: 'a' }] }, 'script.match.0.answer: must be a text'],
    [rule(7), 'script.match.1.when: must be the whole prompt as a text, or an object with equals'],
    [rule({}), 'script.match.1.when: must have at least one of equals, startsWith'],
    [rule({ ignoreCase: true }), 'script.match.1.when: must have at least one of equals'],
    [rule({ matches: '.*' }), 'script.match.1.when: has an unknown key: matches; use equals'],
    [rule({ contains: '' }), 'script.match.1.when.contains.0: must not be empty'],
    [rule({ contains: ['a', 7] }), 'script.match.1.when.contains.1: must be a text'],
    [rule({ contains: [] }), 'script.match.1.when.contains: must name at least one text'],
    [rule({ contains: 'a'.repeat(251) }), 'contains.0: must have at most 250 characters'],
  ])('the script %j is refused: %s', (value, message) => {
    expect(scriptMistakes(value).join('\n')).toContain(message);
  });
});
