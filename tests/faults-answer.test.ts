import { describe, expect, test } from 'vitest';
import { breaksContract } from '../src/scenarios/breaks-contract.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import { createMemory } from '../src/scenarios/memory.ts';
import type { Outcome } from '../src/scenarios/outcome.ts';
import { createRandom } from '../src/scenarios/random.ts';
import { FAULT_REGISTRY } from '../src/scenarios/registry.ts';
import { splitText } from '../src/scenarios/split-text.ts';
import { ask, effectOf, plainReply } from './answered.ts';

const ANSWER_FAULTS = FAULT_REGISTRY.faults.filter(({ family }) => family === 'answer');

function fault(kind: string): Fault {
  const found = FAULT_REGISTRY.find(kind);
  if (found === null) throw new Error(`there is no fault "${kind}"`);
  return found;
}

type Options = Readonly<Record<string, unknown>>;
/** Kind, options, and the body for the keys "prompt", "response" and none. */
type Row = readonly [kind: string, Options, string, string, string];

/** The prompt is `Why?`, the text `Why? Because.` */
const BODIES: readonly Row[] = [
  ['missing-key', {}, '{}', '{}', '{}'],
  [
    'missing-key',
    { instead: 'output' },
    '{"output":"Why? Because."}',
    '{"output":"Why? Because."}',
    '{"output":"Why? Because."}',
  ],
  [
    'wrong-case-key',
    {},
    '{"Prompt":"Why? Because."}',
    '{"Response":"Why? Because."}',
    '"Why? Because."',
  ],
  [
    'wrong-case-key',
    { case: 'upper' },
    '{"PROMPT":"Why? Because."}',
    '{"RESPONSE":"Why? Because."}',
    '"Why? Because."',
  ],
  ['null-answer', {}, '{"prompt":null}', '{"response":null}', 'null'],
  ['null-answer', { at: 'answer' }, 'null', 'null', 'null'],
  ['number-answer', {}, '{"prompt":42}', '{"response":42}', '42'],
  ['number-answer', { number: 0.5, at: 'answer' }, '0.5', '0.5', '0.5'],
  [
    'list-answer',
    {},
    '{"prompt":["Why? Because."]}',
    '{"response":["Why? Because."]}',
    '["Why? Because."]',
  ],
  ['list-answer', { holds: 'prompt' }, '{"prompt":["Why?"]}', '{"response":["Why?"]}', '["Why?"]'],
  [
    'object-answer',
    {},
    '{"prompt":{"content":"Why? Because."}}',
    '{"response":{"content":"Why? Because."}}',
    '{"content":"Why? Because."}',
  ],
  [
    'object-answer',
    { holds: 'prompt' },
    '{"prompt":{"Why?":"Why? Because."}}',
    '{"response":{"Why?":"Why? Because."}}',
    '{"Why?":"Why? Because."}',
  ],
  ['no-echo', {}, '{"prompt":" Because."}', '{"response":" Because."}', '" Because."'],
  ['no-echo', { text: 'No.' }, '{"prompt":"No."}', '{"response":"No."}', '"No."'],
  [
    'changed-echo',
    {},
    '{"prompt":"why? Because."}',
    '{"response":"why? Because."}',
    '"why? Because."',
  ],
  ['empty-answer', {}, '{"prompt":""}', '{"response":""}', '""'],
  ['empty-answer', { at: 'answer' }, '', '', ''],
  [
    'over-long',
    { bytes: 20 },
    '{"prompt":"Why? Because. and so"}',
    '{"response":"Why? Because. and so"}',
    '"Why? Because. and so"',
  ],
  [
    'refusal',
    { text: 'I would rather not.' },
    '{"prompt":"I would rather not."}',
    '{"response":"I would rather not."}',
    '"I would rather not."',
  ],
  [
    'fenced-json',
    {},
    '```json\n{"prompt":"Why? Because."}\n```',
    '```json\n{"response":"Why? Because."}\n```',
    '```json\n"Why? Because."\n```',
  ],
  [
    'fenced-json',
    { at: 'value' },
    '{"prompt":"```json\\nWhy? Because.\\n```"}',
    '{"response":"```json\\nWhy? Because.\\n```"}',
    '"```json\\nWhy? Because.\\n```"',
  ],
  [
    'prose-before-json',
    { prose: 'Here:' },
    'Here:\n\n{"prompt":"Why? Because."}',
    'Here:\n\n{"response":"Why? Because."}',
    'Here:\n\n"Why? Because."',
  ],
  [
    'prose-before-json',
    { prose: 'Here:', at: 'value' },
    '{"prompt":"Here:\\n\\nWhy? Because."}',
    '{"response":"Here:\\n\\nWhy? Because."}',
    '"Here:\\n\\nWhy? Because."',
  ],
  [
    'trailing-comma',
    {},
    '{"prompt":"Why? Because.",}',
    '{"response":"Why? Because.",}',
    '"Why? Because.",',
  ],
  ['truncated-string', {}, '{"prompt":"Why? B', '{"response":"Why? B', '"Why? B'],
  ['truncated-string', { fraction: 0 }, '{"prompt":"', '{"response":"', '"'],
  [
    'truncated-string',
    { fraction: 1 },
    '{"prompt":"Why? Because.',
    '{"response":"Why? Because.',
    '"Why? Because.',
  ],
  [
    'double-encoded',
    {},
    '"{\\"prompt\\":\\"Why? Because.\\"}"',
    '"{\\"response\\":\\"Why? Because.\\"}"',
    '"\\"Why? Because.\\""',
  ],
  [
    'double-encoded',
    { at: 'value' },
    '{"prompt":"{\\"prompt\\":\\"Why? Because.\\"}"}',
    '{"response":"{\\"response\\":\\"Why? Because.\\"}"}',
    '"\\"Why? Because.\\""',
  ],
  [
    'ndjson',
    { lines: 2 },
    '{"prompt":"Why? B"}\n{"prompt":"ecause."}\n',
    '{"response":"Why? B"}\n{"response":"ecause."}\n',
    '"Why? B"\n"ecause."\n',
  ],
  [
    'sse',
    { events: 2 },
    'data: {"prompt":"Why? B"}\n\ndata: {"prompt":"ecause."}\n\ndata: [DONE]\n\n',
    'data: {"response":"Why? B"}\n\ndata: {"response":"ecause."}\n\ndata: [DONE]\n\n',
    'data: "Why? B"\n\ndata: "ecause."\n\ndata: [DONE]\n\n',
  ],
  [
    'bom',
    {},
    '\ufeff{"prompt":"Why? Because."}',
    '\ufeff{"response":"Why? Because."}',
    '\ufeff"Why? Because."',
  ],
  [
    'nan',
    {},
    '{"prompt":"Why? Because.","score":NaN}',
    '{"response":"Why? Because.","score":NaN}',
    'NaN',
  ],
  [
    'nan',
    { number: '-Infinity', key: 'response' },
    '{"prompt":"Why? Because.","response":-Infinity}',
    '{"response":-Infinity}',
    '-Infinity',
  ],
  [
    'duplicate-keys',
    { other: 'draft' },
    '{"prompt":"Why? Because.","prompt":"draft"}',
    '{"response":"Why? Because.","response":"draft"}',
    '"Why? Because."',
  ],
  [
    'duplicate-keys',
    { other: 'draft', last: 'answer' },
    '{"prompt":"draft","prompt":"Why? Because."}',
    '{"response":"draft","response":"Why? Because."}',
    '"Why? Because."',
  ],
  [
    'swap',
    { prompt: 'How?' },
    '{"prompt":"How? Because."}',
    '{"response":"How? Because."}',
    '"How? Because."',
  ],
];

describe('the bytes, for every shape of an answer', () => {
  test.each(BODIES)('%s %j', async (kind, options, underPrompt, underResponse, bare) => {
    const effect = effectOf(fault(kind), options);
    expect((await ask(effect)).body).toBe(underPrompt);
    expect((await ask(effect, { key: 'response' })).body).toBe(underResponse);
    expect((await ask(effect, { key: null })).body).toBe(bare);
  });

  test('every fault of the family is among them, or has a test of its own', () => {
    const tested = new Set([...BODIES.map(([kind]) => kind), 'charset', 'stale']);
    expect(ANSWER_FAULTS.map(({ kind }) => kind).filter((kind) => !tested.has(kind))).toEqual([]);
  });

  test('what stands beside the text stays, whatever it is', async () => {
    const reply = {
      ...plainReply(''),
      body: '{"id": 7, "prompt": "Why? 1", "usage": {"t": null}}',
    };
    const body = async (kind: string) =>
      (await ask(effectOf(fault(kind)), { instead: { kind: 'reply', reply } })).body;
    expect(await body('null-answer')).toBe('{"id":7,"prompt":null,"usage":{"t":null}}');
    expect(await body('missing-key')).toBe('{"id":7,"usage":{"t":null}}');
    expect(await body('truncated-string')).toBe('{"id":7,"prompt":"Why');
  });

  test('a body of bytes is read as well', async () => {
    const reply = { ...plainReply(''), body: new TextEncoder().encode('{"prompt":"Grüße"}') };
    const answered = await ask(effectOf(fault('double-encoded')), {
      instead: { kind: 'reply', reply },
    });
    expect(answered.body).toBe('"{\\"prompt\\":\\"Grüße\\"}"');
  });
});

describe('what the LangChain class makes of it, as the fault matrix has it', () => {
  const JSON_ERROR = 'requests.exceptions.JSONDecodeError';
  test.each<readonly [string, Options, string]>([
    ['missing-key', {}, 'KeyError'],
    ['missing-key', { instead: 'text' }, 'KeyError'],
    ['wrong-case-key', {}, 'KeyError'],
    ['null-answer', {}, 'TypeError'],
    ['null-answer', { at: 'answer' }, 'TypeError'],
    ['number-answer', {}, 'TypeError'],
    ['number-answer', { at: 'answer' }, 'TypeError'],
    ['list-answer', {}, 'UnboundLocalError'],
    ['list-answer', { at: 'answer' }, 'TypeError'],
    ['list-answer', { holds: 'prompt' }, 'pydantic_core._pydantic_core.ValidationError'],
    ['object-answer', {}, 'UnboundLocalError'],
    ['object-answer', { at: 'answer' }, 'KeyError'],
    ['object-answer', { holds: 'prompt' }, 'pydantic_core._pydantic_core.ValidationError'],
    ['no-echo', {}, 'UnboundLocalError'],
    ['no-echo', { text: 'hello world' }, 'UnboundLocalError'],
    ['changed-echo', { change: 'case' }, 'UnboundLocalError'],
    ['empty-answer', {}, 'UnboundLocalError'],
    ['empty-answer', { at: 'answer' }, JSON_ERROR],
    ['over-long', {}, 'fine'],
    ['refusal', {}, 'UnboundLocalError'],
    ['fenced-json', {}, JSON_ERROR],
    ['fenced-json', { at: 'value' }, 'fine'],
    ['prose-before-json', {}, JSON_ERROR],
    ['prose-before-json', { at: 'value' }, 'fine'],
    ['trailing-comma', {}, JSON_ERROR],
    ['truncated-string', {}, JSON_ERROR],
    ['truncated-string', { fraction: 1 }, JSON_ERROR],
    ['double-encoded', {}, 'TypeError'],
    ['double-encoded', { at: 'value' }, 'fine'],
    ['ndjson', {}, JSON_ERROR],
    ['sse', {}, JSON_ERROR],
    ['sse', { events: 1, done: false }, JSON_ERROR],
    ['bom', {}, JSON_ERROR],
    ['charset', {}, 'fine'],
    ['charset', { contentType: null }, 'fine'],
    ['charset', { encoding: 'utf-16', contentType: 'application/json' }, JSON_ERROR],
    ['charset', { encoding: 'utf-16', contentType: 'application/json; charset=utf-16' }, 'fine'],
    ['nan', {}, 'fine'],
    ['duplicate-keys', {}, 'UnboundLocalError'],
    ['duplicate-keys', { last: 'answer' }, 'fine'],
    ['swap', { prompt: 'How?' }, 'UnboundLocalError'],
  ])('%s %j: %s', async (kind, options, exception) => {
    expect((await ask(effectOf(fault(kind), options))).langchain).toBe(exception);
  });
});

describe('the echo', () => {
  test.each<readonly [string, string, string]>([
    ['case', 'Why?', 'why?'],
    ['case', 'why?', 'WHY?'],
    ['whitespace', ' a\n\tb ', 'a b'],
    ['whitespace', 'a b c', 'a  b c'],
    ['nfc', 'cafe\u0301', 'caf\u00e9'],
    ['nfd', 'caf\u00e9', 'cafe\u0301'],
    ['crlf', 'a\nb\n', 'a\r\nb\r\n'],
    ['crlf', 'a\r\nb', 'a\nb'],
    ['case', 'What for $& and $1?', 'what for $& and $1?'],
  ])('changed in its %s: %j', async (change, prompt, changed) => {
    const answered = await ask(effectOf(fault('changed-echo'), { change }), { prompt });
    expect(answered.body).toBe(JSON.stringify({ prompt: `${changed} Because.` }));
    expect(answered.langchain).toBe('UnboundLocalError');
  });

  test.each<readonly [string, string, string, string]>([
    ['case', '42', '42 Because.', 'case changes nothing in this prompt'],
    ['nfc', 'Why?', 'Why? Because.', 'nfc changes nothing in this prompt'],
    ['crlf', 'Why?', 'Why? Because.', 'crlf changes nothing in this prompt'],
    ['whitespace', 'Why?', 'Why? Because.', 'whitespace changes nothing in this prompt'],
    ['case', 'Why?', 'hello world', 'it does not repeat the prompt'],
    ['crlf', '\n', '\n Because.', 'the prompt would still be in it'],
  ])('stays, and it says why: %s of %j in %j', async (change, prompt, text, why) => {
    const effect = effectOf(fault('changed-echo'), { change });
    const { body, notes } = await ask(effect, { prompt, text });
    expect(body).toBe(JSON.stringify({ prompt: text }));
    expect(notes).toEqual([`left as it was: ${why}`]);
  });

  test.each([
    ['hello', 'hello', '42'],
    ['hello', 'hellhelloo', '42'],
    ['4', '4', 'hello world'],
    ['a', 'banana', 'bnn'],
    ['Why?', 'Why?', 'hello world'],
  ])('is taken out of the text: %j of %j', async (prompt, text, rest) => {
    const answered = await ask(effectOf(fault('no-echo')), { prompt, text });
    expect(answered.body).toBe(JSON.stringify({ prompt: rest }));
    expect(answered.langchain).toBe('UnboundLocalError');
  });

  test('cannot be taken out where the prompt is empty', async () => {
    const { notes, langchain } = await ask(effectOf(fault('no-echo')), { prompt: '', text: 'a' });
    expect(notes).toEqual(['left as it was: the empty prompt is in every text']);
    expect(langchain).toBe('fine');
  });
});

describe('bytes and what is said of them', () => {
  const JSON_TYPE = 'application/json';
  test.each<readonly [Options, number[] | string, string | null]>([
    [{ encoding: 'utf-8' }, '"ü😀"', 'text/html; charset=iso-8859-1'],
    [{ encoding: 'latin-1', contentType: JSON_TYPE }, [0x22, 0xfc, 0x3f, 0x22], JSON_TYPE],
    [
      { encoding: 'utf-16', contentType: null },
      [0xff, 0xfe, 0x22, 0, 0xfc, 0, 0x3d, 0xd8, 0, 0xde, 0x22, 0],
      null,
    ],
  ])('%j', async (options, bytes, contentType) => {
    const effect = effectOf(fault('charset'), options);
    const { body, headers } = await ask(effect, { text: 'ü😀', key: null });
    expect(typeof body === 'string' ? body : [...body]).toEqual(bytes);
    expect(headers).toEqual(contentType === null ? [] : [['content-type', contentType]]);
  });

  test('the type of a stream is a stream’s, and CORS headers stay', async () => {
    const cors = ['access-control-allow-origin', '*'] as const;
    const plain = plainReply('Why?');
    const reply = { ...plain, headers: [...plain.headers, cors] };
    const { headers } = await ask(effectOf(fault('sse')), { instead: { kind: 'reply', reply } });
    expect(headers).toEqual([['content-type', 'text/event-stream; charset=utf-8'], cors]);
  });

  test('a text of so many bytes has so many, and one that is longer stays', async () => {
    const sizeOf = async (bytes: number, text: string) => {
      const { body } = await ask(effectOf(fault('over-long'), { bytes }), { text, key: null });
      return Buffer.byteLength(String(body)) - 2;
    };
    expect(await sizeOf(1_000_000, 'Grüße 😀')).toBe(1_000_000);
    expect(await sizeOf(11, 'Grüße 😀')).toBe(12);
  });

  test.each(['a😀', '😀😀', '', 'ab'])('no character of %j is cut', async (text) => {
    for (let count = 1; count <= 6; count += 1) {
      const pieces = splitText(text, count);
      expect(pieces).toHaveLength(count);
      expect(pieces.join('')).toBe(text);
      expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
    }
    for (let fraction = 0; fraction <= 1; fraction += 0.05) {
      const effect = effectOf(fault('truncated-string'), { fraction });
      expect(String((await ask(effect, { text })).body).isWellFormed()).toBe(true);
    }
  });
});

describe('whether it breaks the contract is read off the schema', () => {
  const breaking = async (key: string | null) => {
    const broken: string[] = [];
    for (const one of ANSWER_FAULTS) if (await breaksContract(one, key)) broken.push(one.kind);
    return broken;
  };
  const UNREADABLE = [
    'fenced-json',
    'prose-before-json',
    'trailing-comma',
    'truncated-string',
    'double-encoded',
    'ndjson',
    'sse',
    'nan',
  ];
  const SHAPES = ['null-answer', 'number-answer', 'list-answer', 'object-answer'];

  test.each(['prompt', 'response'])('of an object with "%s"', async (key) => {
    expect(new Set(await breaking(key))).toEqual(
      new Set(['missing-key', 'wrong-case-key', ...SHAPES, ...UNREADABLE]),
    );
  });

  test('of a bare string, in which a string is a string', async () => {
    expect(new Set(await breaking(null))).toEqual(
      new Set([
        'missing-key',
        ...SHAPES,
        ...UNREADABLE.filter((kind) => kind !== 'double-encoded'),
      ]),
    );
  });

  test('what errors do to it, and what only the wire can say', async () => {
    expect(await breaksContract(fault('noop'))).toBe(false);
    expect(await breaksContract(fault('echo-500'))).toBe(true);
    expect(await breaksContract(fault('hang'))).toBeNull();
  });
});

describe('what is no plain answer goes through', () => {
  const notes = ['left as it was: it is no plain answer of the function'];
  const error: Outcome = {
    kind: 'reply',
    reply: { status: 422, headers: [], body: '{"prompt":"Why?"}' },
  };
  async function* stream() {
    yield '{"prompt":"Why?"}';
  }
  const INSTEAD: readonly (readonly [string, Outcome])[] = [
    ['a refusal', error],
    ['a stream', { kind: 'reply', reply: { status: 200, headers: [], body: stream() } }],
    ['a page', { kind: 'reply', reply: { status: 200, headers: [], body: '<html>' } }],
    ['a list', { kind: 'reply', reply: { status: 200, headers: [], body: '["prompt"]' } }],
    ['another key', { kind: 'reply', reply: plainReply('Why?', 'output') }],
    ['no text', { kind: 'reply', reply: { status: 200, headers: [], body: '{"prompt":7}' } }],
    ['no UTF-8', { kind: 'reply', reply: { status: 200, headers: [], body: Uint8Array.of(0xff) } }],
    ['a wire', { kind: 'wire', wire: { steps: [], end: 'hang' }, reply: null }],
    ['nobody there', { kind: 'abandoned' }],
  ];

  test.each(ANSWER_FAULTS)('$kind', async (one) => {
    const effect = effectOf(one, one.example);
    for (const [what, instead] of INSTEAD) {
      const answered = await ask(effect, { instead });
      expect(answered.outcome, what).toBe(instead);
      expect(answered.notes, what).toEqual(notes);
    }
    const plain: Outcome = { kind: 'reply', reply: plainReply('Why?') };
    expect((await ask(effect, { key: undefined, instead: plain })).outcome).toBe(plain);
  });
});

describe('swap', () => {
  const other = (prompt: string) => ({ prompt, text: `${prompt}!` });

  test('answers what another prompt was answered, once there was one', async () => {
    const effect = effectOf(fault('swap'));
    const first = await ask(effect, other('one'));
    expect(first.body).toBe('{"prompt":"one!"}');
    expect(first.notes).toEqual(['left as it was: no other prompt has been answered before']);
    expect((await ask(effect, other('one'))).body).toBe('{"prompt":"one!"}');
    const second = await ask(effect, other('two'));
    expect(second.body).toBe('{"prompt":"one!"}');
    expect(second.langchain).toBe('UnboundLocalError');
    // An answer that was swapped is remembered as the function gave it.
    expect((await ask(effect, other('one'))).body).toBe('{"prompt":"two!"}');
  });

  test('draws by the exchange, in whatever order the others came', async () => {
    const prompts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const drawnIn = async (order: readonly string[]) => {
      const effect = effectOf(fault('swap'));
      for (const prompt of order) await ask(effect, other(prompt));
      const drawn: (string | Uint8Array)[] = [];
      for (const seed of ['1', '2', '3', '4', '5', '6']) {
        drawn.push((await ask(effect, { ...other('x'), seed })).body);
      }
      return drawn;
    };
    const drawn = await drawnIn(prompts);
    expect(await drawnIn(prompts.toReversed())).toEqual(drawn);
    expect(new Set(drawn).size).toBeGreaterThan(1);
    expect(drawn).not.toContain('{"prompt":"x!"}');
  });

  test('knows what its step let pass', async () => {
    const effect = effectOf(fault('swap'));
    if (effect.passing === undefined) throw new Error('it watches nothing');
    const passed = await ask(effect.passing, other('one'));
    expect([passed.body, passed.notes]).toEqual(['{"prompt":"one!"}', []]);
    expect((await ask(effect, other('two'))).body).toBe('{"prompt":"one!"}');
  });

  test('shares nothing with another run', async () => {
    await ask(effectOf(fault('swap')), other('one'));
    expect((await ask(effectOf(fault('swap')), other('two'))).body).toBe('{"prompt":"two!"}');
  });
});

describe('stale', () => {
  const bodies = async (options: Options, asks: readonly (readonly [string, string])[]) => {
    const effect = effectOf(fault('stale'), options);
    const answered: string[] = [];
    for (const [prompt, text] of asks) {
      const { body } = await ask(effect, { prompt, text, key: null });
      answered.push(JSON.parse(String(body)));
    }
    return answered;
  };
  const ASKS = [
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
    ['b', '4'],
    ['a', '5'],
  ] as const;

  test.each<readonly [Options, readonly string[]]>([
    [{}, ['1', '1', '1', '1', '1']],
    [{ from: 'previous' }, ['1', '1', '2', '3', '4']],
    [{ of: 'same-prompt' }, ['1', '2', '1', '2', '1']],
    [{ of: 'same-prompt', from: 'previous' }, ['1', '2', '1', '2', '3']],
  ])('%j', async (options, answers) => {
    expect(await bodies(options, ASKS)).toEqual(answers);
  });

  test('says so where there was no answer before', async () => {
    const { notes } = await ask(effectOf(fault('stale')));
    expect(notes).toEqual(['left as it was: there was no such answer before']);
  });
});

describe('memory has bounds', () => {
  test('of entries and of characters, the oldest going first', () => {
    const memory = createMemory<string>({ entriesMax: 3, lengthMax: 10 });
    const random = createRandom('memory');
    for (let index = 0; index < 200; index += 1) {
      const value = 'x'.repeat(random.integer(0, 12));
      memory.set(`key ${random.integer(0, 5)}`, value, value.length);
      const kept = [...memory.entries()].map(([, one]) => one.length);
      expect(memory.size).toBeLessThanOrEqual(3);
      expect(kept.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(10);
    }
    memory.set('last', 'kept', 4);
    expect(memory.get('last')).toBe('kept');
    memory.set('last', 'too large', 11);
    expect(memory.get('last')).toBeUndefined();
  });

  test('so that a run of many prompts remembers 64 of them', async () => {
    const effect = effectOf(fault('stale'), { of: 'same-prompt' });
    for (let index = 0; index < 100; index += 1) await ask(effect, { prompt: `${index}` });
    const knows = async (prompt: string) => (await ask(effect, { prompt, text: 'new' })).body;
    expect(await knows('99')).toBe('{"prompt":"99 Because."}');
    expect(await knows('0')).toBe('{"prompt":"new"}');
  });
});
