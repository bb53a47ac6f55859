import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { clientUrl, createSamples } from '../src/cli/samples/samples.ts';
import { functionSchema } from '../src/contract/function.ts';
import { createEmulator, type Emulator } from '../src/emulator/emulator.ts';
import { STACK_NAMES } from '../src/emulator/function/stacks.ts';
import type { EmulatorInput } from '../src/emulator/options.ts';

const URL_BASE = 'http://127.0.0.1:8000';

function samplesOf(
  input: EmulatorInput,
): ReturnType<typeof createSamples> & { emulator: Emulator } {
  const emulator = createEmulator(input);
  return {
    ...createSamples(URL_BASE, emulator.config.function, emulator.config.answer),
    emulator,
  };
}

/** The words that a POSIX shell makes of a line that runs curl. */
function shellWords(line: string): readonly string[] {
  const text = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${line}`], {
    encoding: 'utf8',
  });
  return text.split('\0').slice(0, -1);
}

/** What curl would send for the options that the samples use. */
function requestOf(line: string): Request {
  const init: { method?: string; body?: string; headers: Record<string, string> } = { headers: {} };
  let url = '';
  const words = [...shellWords(line)];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-X') init.method = words.shift() ?? '';
    else if (word === '-d') init.body = words.shift() ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words.shift() ?? '').split(': ');
      init.headers[name] = value;
    } else url = word;
  }
  const method = init.method ?? (init.body === undefined ? 'GET' : 'POST');
  return new Request(url, { ...init, method });
}

const FUNCTIONS: Readonly<Record<string, NonNullable<EmulatorInput['function']>>> = {
  'the default': {},
  'another answer key': { handler: { kind: 'answer', key: 'response' } },
  'a bare string': { handler: { kind: 'answer', key: null } },
  'a dict': { body: 'dict' },
  'a dict with another prompt': { body: 'dict', promptField: 'question' },
  'required fields of every type': {
    body: {
      fields: {
        prompt: 'str',
        s: 'str',
        i: 'int',
        f: 'float',
        b: 'bool',
        a: 'Any',
        d: 'dict',
        l: 'list',
        ls: 'list[list[int]]',
        o: 'Optional[int]',
        n: 'int = 64',
      },
    },
  },
  'a prompt with a default': { body: { fields: { prompt: 'str = "x"', n: 'int = 1' } } },
  'a prompt that may be missing': { body: { fields: { prompt: 'Optional[str]' } } },
  'a prompt that is no text': { body: { fields: { prompt: 'list[str]' } } },
  'another prompt field': { body: { fields: { question: 'str' } } },
  'no fields': { body: { fields: {} } },
  'a query': {
    method: 'GET',
    query: { question: 'str', n: 'int', x: 'float', y: 'bool', z: 'int = 1' },
  },
  'a posted query': { query: { prompt: 'str' } },
  'an empty query': { method: 'GET', query: {} },
  'GET with a body': { method: 'GET', body: { fields: { n: 'int' } } },
  'PUT with a body': { method: 'PUT' },
  'a stream': { handler: { kind: 'stream' } },
};

const PASTABLE = Object.entries(FUNCTIONS).filter(([name]) => name !== 'GET with a body');

describe.each(STACK_NAMES)('the curl line on %s', (stack) => {
  test.each(PASTABLE)('is a valid request for %s', async (_name, definition) => {
    const { curl, emulator } = samplesOf({ stack, function: definition, answer: 'hello' });
    const response = await emulator.fetch(requestOf(curl));
    expect(response.status, `${curl}\n${await response.clone().text()}`).toBe(200);
  });
});

test('the curl line for a GET with a body says its method, which -d alone would change', () => {
  expect(samplesOf({ function: { method: 'GET' } }).curl).toMatch(/^curl -X GET 'http.* -d '/);
});

test('the curl line survives quotes in names of the shell', () => {
  const { curl } = samplesOf({ answer: 'echo' });
  expect(shellWords(curl).at(-1)).toBe('{"prompt":"What\'s the capital of France?"}');
});

/** The request that LangChain's class makes of the program's statements. */
function classRequest(program: string): Request {
  const prompt: unknown = JSON.parse(/^print\(llm\.invoke\((".*")\)\)$/m.exec(program)?.[1] ?? '');
  const python = /^llm\.model_kwargs = (.*)$/m.exec(program)?.[1] ?? '{}';
  const parameters: object = JSON.parse(
    python.replaceAll('True', 'true').replaceAll('False', 'false').replaceAll('None', 'null'),
  );
  return new Request(/^llm\.endpoint_url = "(.*)"$/m.exec(program)?.[1] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, ...parameters }),
  });
}

const plainRequest = () =>
  new Request(URL_BASE, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'Why?' }),
  });

const ANSWERS: readonly NonNullable<EmulatorInput['answer']>[] = [
  'hello',
  'echo',
  'faker',
  { source: 'faker', echo: false },
  { source: 'script', script: { answers: ['a'], echo: true } },
  { source: 'script', script: { answers: ['a', { text: 'b', echo: false }], echo: true } },
  { source: 'script', script: { match: [{ when: 'x', answer: 'a' }], echo: true } },
];

describe.each(Object.entries(FUNCTIONS))('the LangChain program for %s', (_name, definition) => {
  test.each(ANSWERS)('answering with %j, works or is not there', async (answer) => {
    const { langchain, emulator } = samplesOf({ function: definition, answer });
    const { program, note } = langchain;
    const isScript = typeof answer === 'object' && answer.source === 'script';
    const takesNoPrompt = /reads it from|does not take/.test(note ?? '');
    // A script may repeat the prompt by chance, and where the function takes no prompt the
    // emulator cannot know it: there, only a promise can be wrong.
    if (program === null && (isScript || takesNoPrompt)) return expect(note).toMatch(/\.$/);
    const request = program === null ? plainRequest() : classRequest(program);
    // A streamed exchange ends with its body.
    await (await emulator.fetch(request)).text();
    const verdict = emulator.journal.list()[0]?.diagnosis?.verdict;
    expect(verdict, program ?? note).toBe(program === null ? 'fails' : 'fine');
  });
});

test('the LangChain program for the dummy says why it asks so little', () => {
  expect(samplesOf({}).langchain.program).toBe(
    [
      '# pip install langchain-community',
      'from langchain_community.llms import Modal',
      '',
      'llm = Modal()',
      'llm.endpoint_url = "http://127.0.0.1:8000"',
      '# The class fails on an answer that does not contain the prompt, and this one is always',
      '# "hello world". Start with --answer echo to ask anything else.',
      'print(llm.invoke("hello"))',
    ].join('\n'),
  );
});

test('other parameters are a Python dict', () => {
  const { program } = samplesOf({
    function: { body: { fields: { prompt: 'str', b: 'bool', o: 'Any', l: 'list[bool]' } } },
    answer: 'echo',
  }).langchain;
  expect(program).toContain('llm.model_kwargs = {"b": True, "o": "text", "l": [True]}\n');
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['0.0.0.0', 'http://127.0.0.1:80'],
  ['::', 'http://[::1]:80'],
  ['::1', 'http://[::1]:80'],
  ['fe80::1%eth0', 'http://[fe80::1%25eth0]:80'],
  ['localhost', 'http://localhost:80'],
])('the URL for a client of %s', (host, url) => {
  expect(clientUrl(host, 80)).toBe(url);
});

test('the default function is the one that the samples were written for', () => {
  expect(functionSchema.parse({}).promptField).toBe('prompt');
});
