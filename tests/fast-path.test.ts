import { describe, expect, test } from 'vitest';
import { repr } from '../src/emulator/diagnosis/python-repr.ts';
import {
  type AnswerSource,
  createEmulator,
  createVirtualClock,
  type Emulator,
  type FunctionInput,
  STACK_NAMES,
} from '../src/emulator/index.ts';
import { createRandom, type Random } from '../src/scenarios/random.ts';

/** Answers all that the function was given, types included, so that no difference can hide. */
const reflect: AnswerSource = {
  name: 'reflect',
  summary: 'the repr of all parameters',
  needsPrompt: false,
  answer: ({ prompt, parameters }) => `${repr(prompt)} ${repr(parameters)}`,
};

/** The fast path is taken for this very type; the same type with a blank is read exactly. */
const FAST = 'application/json';
const EXACT = ['application/json ', 'application/json;x'] as const;

/** Everything that can be seen of an exchange, but for the header that differs. */
async function seen(emulator: Emulator, contentType: string, body: Uint8Array): Promise<unknown> {
  emulator.reset();
  const outcome = await emulator.handle({
    method: 'POST',
    target: '/',
    header: (name) => (name === 'content-type' ? contentType : null),
    rawHeaders: [],
    body,
    signal: () => new AbortController().signal,
  });
  return { outcome, exchange: emulator.journal.list()[0] };
}

async function expectSame(emulator: Emulator, body: Uint8Array, hint: string): Promise<void> {
  const fast = await seen(emulator, FAST, body);
  for (const contentType of EXACT) {
    expect(fast, hint).toEqual(await seen(emulator, contentType, body));
  }
}

const TUNED: FunctionInput = {
  body: {
    fields: {
      prompt: 'str',
      max_new_tokens: 'int = 64',
      temperature: 'float = 1.0',
      stop: 'Optional[str] = None',
      echo: 'bool = False',
      top_k: 'Optional[int] = 5',
    },
  },
};
/** Without a default it is required by Pydantic 2, and None by Pydantic 1. */
const REQUIRED: FunctionInput = { body: { fields: { prompt: 'str', top_k: 'Optional[int]' } } };
const TYPED: FunctionInput = {
  body: { fields: { prompt: 'str', a: 'Any = None', l: 'list[int] = []', d: 'dict = {}' } },
};
const FUNCTIONS: readonly (readonly [name: string, definition: FunctionInput])[] = [
  ['the default', {}],
  ['typed scalars', TUNED],
  ['an optional without a default', REQUIRED],
  ['containers', TYPED],
  ['no fields', { body: { fields: {} } }],
];

function createSubject(stack: (typeof STACK_NAMES)[number], definition: FunctionInput): Emulator {
  // A body of 64 bytes in the journal clips some of those below, and keeps others.
  const options = { stack, function: definition, journalBodyMaxBytes: 64 };
  return createEmulator(options, { answers: reflect, clock: createVirtualClock() });
}

const NUMBERS =
  '0 -0 1 -1 64 2.0 -0.0 1.5 1e2 1E400 -1e400 1e-400 9007199254740991 9007199254740992 9007199254740993 -9007199254740993 12345678901234567890 0.1 1e16 5e-324 NaN Infinity -Infinity 01 1. +1 0x1'.split(
    ' ',
  );
const STRINGS = [
  '"hi"',
  '""',
  '"5"',
  '"é😀"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\u0000"',
  '"a\nb"',
  '"true"',
  '"\u2028"',
  "'a'",
];
const KEYS = [
  'prompt',
  'prompt',
  'prompt',
  'max_new_tokens',
  'temperature',
  'stop',
  'echo',
  'top_k',
  'a',
  'l',
  'd',
  '__proto__',
  'constructor',
  'toString',
  'api_key',
  '1',
  'pr\\u006fmpt',
  '',
];

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.integer(0, items.length - 1)] as Item; // The index is inside the list.
}

function times(random: Random, max: number, make: () => string): string {
  return Array.from({ length: random.integer(0, max) }, make).join(
    pick(random, [',', ', ', ',\n']),
  );
}

function randomValue(random: Random, depth = 0): string {
  const kind = random.integer(0, depth < 3 ? 9 : 7);
  if (kind <= 2) return pick(random, NUMBERS);
  if (kind <= 6) return pick(random, STRINGS);
  if (kind === 7) return pick(random, ['null', 'true', 'false', 'None', 'undefined']);
  if (kind === 8) return `[${times(random, 3, () => randomValue(random, depth + 1))}]`;
  return randomObject(random, depth + 1);
}

/** What the fields of those names ask for. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  prompt: STRINGS.slice(0, 5),
  max_new_tokens: ['0', '-0', '64', '2.0', '9007199254740991', '9007199254740993', '1e400'],
  temperature: ['1', '-0', '-0.0', '0.5', '1e2'],
  stop: ['null', '"x"'],
  echo: ['true', 'false'],
  top_k: ['null', '7'],
  l: ['[]', '[1]'],
  d: ['{}', '{"a":[]}'],
};

function randomObject(random: Random, depth = 0): string {
  const member = () => {
    const key = pick(random, KEYS);
    const fitting = FITTING[key] ?? NUMBERS;
    const value = random.chance(0.7) ? pick(random, fitting) : randomValue(random, depth);
    return `"${key}":${value}`;
  };
  return `{${times(random, 5, member)}}`;
}

/** Mostly a valid object; sometimes spoilt, padded, deep or in another encoding. */
function randomBody(random: Random): Buffer {
  let text = random.chance(0.9) ? randomObject(random) : randomValue(random);
  // A prompt in front makes a valid request likely; a later one may still replace it.
  if (random.chance(0.6))
    text = text.replace(/^\{(?=(.?))/, (_, next) => `{"prompt":"hi"${next === '}' ? '' : ','}`);
  if (random.chance(0.15)) {
    const at = random.integer(0, text.length);
    text =
      text.slice(0, at) +
      pick(random, ['', ',', '}', '"', '\\', ' ', '\u0000', '\u00a0', '\ufeff', '1']) +
      text.slice(at + random.integer(0, 2));
  }
  if (random.chance(0.1))
    text = `${pick(random, [' ', '\n', '\t', '\u00a0', '\ufeff', '\u000b'])}${text}${pick(random, ['', ' ', '\n', 'x'])}`;
  if (random.chance(0.05)) return Buffer.from(text, 'utf16le');
  const bytes = Buffer.from(text);
  if (bytes.length > 0 && random.chance(0.05))
    bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
  return bytes;
}

describe.each(FUNCTIONS)('for %s', (_name, definition) => {
  test.each(STACK_NAMES)('%s answers random bodies as the exact reader does', async (stack) => {
    const seed = 'fast-path';
    const emulator = createSubject(stack, definition);
    let validCount = 0;
    for (let round = 0; round < 1500; round += 1) {
      const body = randomBody(createRandom(seed).fork(String(round)));
      const hint = `seed ${seed}, round ${round}: ${JSON.stringify(body.toString('latin1'))}`;
      await expectSame(emulator, body, hint);
      const outcome = emulator.journal.list()[0]?.outcome;
      if (outcome?.kind === 'reply' && outcome.status === 200) validCount += 1;
    }
    // Without valid requests among them, nothing would have been compared.
    expect(validCount, `seed ${seed}`).toBeGreaterThan(30);
  });
});

describe('at the limits', () => {
  const wrapped = (value: string) => `{"prompt":"hi","x":${value}}`;
  const nested = (depth: number) => wrapped('['.repeat(depth) + ']'.repeat(depth));
  const digits = (count: number) => wrapped('9'.repeat(count));
  const promptOf = (length: number) => JSON.stringify({ prompt: '{"x":['.repeat(length) });

  const bodies = [
    ...[10, 440, 450, 460, 890, 900, 950, 990, 9900, 10_100, 100_000].map(nested),
    ...[800, 860, 880, 890, 900, 4200, 4300, 4301].map(digits),
    // A long prompt looks deep and is not.
    ...[1, 150, 200, 2000].map(promptOf),
    // The last of two prompts counts; the first is as long as the limits.
    `{"prompt":${'['.repeat(1000)}${']'.repeat(1000)},"prompt":"${'a'.repeat(3000)}"}`,
    `{"prompt":${'9'.repeat(4400)},"prompt":"${'a'.repeat(9000)}"}`,
    `{"prompt":"${'a'.repeat(9000)}","prompt":"b"}`,
    // Escapes are longer in the body than in the prompt.
    `{"prompt":"${'\\u0041'.repeat(1000)}","x":${'9'.repeat(4301)}}`,
    `{"prompt":"${'😀'.repeat(1000)}","x":${'['.repeat(1000)}${']'.repeat(1000)}}`,
  ];

  test.each(STACK_NAMES)('%s', async (stack) => {
    const emulator = createSubject(stack, {});
    for (const body of bodies) {
      await expectSame(emulator, Buffer.from(body), `${body.slice(0, 60)}… (${body.length})`);
    }
  });
});
