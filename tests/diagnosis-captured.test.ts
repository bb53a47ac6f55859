import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CompleteAnswer, diagnose } from '../src/emulator/diagnosis/diagnose.ts';

type Wire = readonly (readonly [step: string, argument?: { text?: string; base64?: string }])[];

interface Captured {
  readonly name: string;
  readonly outcome: { ok: string } | { exception: string; message: string };
  readonly wire: Wire | null;
}

function readAnswers(path: string): { prompt: string; answers: readonly Captured[] } {
  // Recorded files have this shape; the assertions below fail when they do not.
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

/** The answer on a wire; null unless it is one complete, well-formed HTTP answer. */
function parseWire(wire: Wire | null): CompleteAnswer | null {
  if (wire === null || wire.some(([step]) => step === 'rst')) return null;
  const sends = wire.flatMap(([step, data]) => (step === 'send' && data !== undefined ? data : []));
  const bytes = Buffer.concat(
    sends.map(({ text = '', base64 }) =>
      base64 === undefined ? Buffer.from(text, 'utf8') : Buffer.from(base64, 'base64'),
    ),
  );
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [statusLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.[01] ([1-9][0-9]{2}) /.exec(statusLine)?.[1];
  if (status === undefined) return null;
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = bytes.subarray(headEnd + 4);
  const lengthHeader = headers.find(([name]) => name === 'Content-Length')?.[1];
  // No captured answer in chunks is complete, so chunks are not read here.
  const isChunked = headers.some(([name]) => name === 'Transfer-Encoding');
  const isWhole = lengthHeader === undefined || Number(lengthHeader) === body.length;
  return isChunked || !isWhole ? null : { status: Number(status), headers, body };
}

/** Each release of Pydantic puts its own number into the link at the end of its messages. */
function withoutPydanticVersion(message: string | null): string | null {
  return message?.replace(/(errors\.pydantic\.dev)\/[0-9.]+\//, '$1/*/') ?? null;
}

function expectDiagnosis(answer: CompleteAnswer, prompt: string, outcome: Captured['outcome']) {
  const diagnosis = diagnose(answer, prompt);
  const { verdict, exception, because, hint } = diagnosis;
  const message = withoutPydanticVersion(diagnosis.message);
  expect(because).not.toBe('');
  if ('ok' in outcome) {
    expect({ verdict, exception, message, hint }).toEqual({
      verdict: 'fine',
      exception: null,
      message: null,
      hint: null,
    });
    return;
  }
  expect({ verdict, exception, message }).toEqual({
    verdict: 'fails',
    exception: outcome.exception,
    message: withoutPydanticVersion(outcome.message),
  });
  expect(hint).toMatch(/\w.*\.$/);
}

/** The diagnosis takes a complete HTTP answer; these are none, or not one. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  '303 endless': 'a chain: each answer alone is diagnosed as a redirect that is followed',
  '303 to a GET that answers 405 JSON': 'a chain',
  '307 (POST kept)': 'a chain',
  'close before any byte': 'no answer',
  'RST after status+headers, no body': 'half an answer',
  'close mid-body (short of Content-Length)': 'half an answer',
  'close mid-body, the sent part is valid JSON': 'half an answer',
  'chunked, ends without last chunk': 'half an answer',
  'chunked, bad chunk size': 'no HTTP',
  'garbage instead of a status line': 'no HTTP',
  'bad status number': 'no HTTP',
  'Content-Length smaller than body': 'an answer and garbage behind it',
};

describe("what LangChain's real client did with captured answers", () => {
  const { prompt, answers } = readAnswers('langchain-answers.json');

  it('leaves out exactly those that are not one complete HTTP answer', () => {
    const left = answers.filter(({ wire }) => parseWire(wire) === null).map(({ name }) => name);
    expect(left).toEqual(Object.keys(OUT_OF_SCOPE));
    expect(answers).toHaveLength(57);
  });

  it.each(answers.filter(({ name }) => !(name in OUT_OF_SCOPE)))('$name', ({ wire, outcome }) => {
    const answer = parseWire(wire);
    if (answer === null) throw new Error('not one complete HTTP answer');
    expectDiagnosis(answer, prompt, outcome);
  });
});

// Recorded by tests/python/record_odd_answers.py; the Python suite replays them.
describe('what it did with answers that are rare', () => {
  const { prompt, answers } = readAnswers('python/odd-answers.json');

  it.each(answers)('$name', ({ wire, outcome }) => {
    const answer = parseWire(wire);
    if (answer === null) throw new Error('not one complete HTTP answer');
    expectDiagnosis(answer, prompt, outcome);
  });
});
