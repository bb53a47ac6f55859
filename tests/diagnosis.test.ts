import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseAbandoned, diagnoseText } from '../src/emulator/diagnosis/diagnose.ts';
import { writeString } from '../src/emulator/python/json-write.ts';
import type { HeaderList } from '../src/scenarios/outcome.ts';
import { createRandom, type Random } from '../src/scenarios/random.ts';

const JSON_HEADERS: HeaderList = [['content-type', 'application/json']];

function diagnoseJson(body: unknown, prompt = 'Why?', status = 200) {
  return diagnose({ status, headers: JSON_HEADERS, body: JSON.stringify(body) }, prompt);
}

describe('diagnoseText', () => {
  const PIECES = ['Why', '?', ' ', '', 'é', '😀', '\u0000', '"', '\\', '\n', '\u2028', 'a', 'aa'];
  const KEYS = [
    'prompt',
    'prompt',
    'prompt',
    'response',
    'Prompt',
    'detail',
    '',
    '__proto__',
    null,
  ];

  const piecesOf = (random: Random, pieces: readonly string[]) =>
    Array.from(
      { length: random.integer(0, 4) },
      () => pieces[random.integer(0, pieces.length - 1)] ?? '',
    ).join('');

  it('says the same as the diagnosis of the written answer', () => {
    for (let round = 0; round < 3000; round += 1) {
      const seed = `diagnose-text-${round}`;
      const random = createRandom(seed);
      // A prompt may begin or end with half of a pair; a text that is written may not.
      const prompt = piecesOf(random, [...PIECES, '\ud83d', '\ude00']);
      const isEcho = random.chance(0.5) && prompt.isWellFormed();
      const text = `${piecesOf(random, PIECES)}${isEcho ? prompt : ''}${piecesOf(random, PIECES)}`;
      const key = KEYS[random.integer(0, KEYS.length - 1)] ?? null;
      const body = key === null ? writeString(text) : `{${writeString(key)}:${writeString(text)}}`;
      const whole = diagnose({ status: 200, headers: JSON_HEADERS, body }, prompt);
      expect(diagnoseText(text, key, prompt), `seed ${seed}, body ${body}`).toEqual(whole);
      if (isEcho && key === 'prompt') expect(whole.verdict, `seed ${seed}`).toBe('fine');
    }
  });

  it('allocates nothing when the answer is fine', () => {
    const first = diagnoseText('Why? Because', 'prompt', 'Why?');
    expect(diagnoseText('So, how?', 'prompt', 'how?')).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it('does not find half of a character, which Python does not have', () => {
    const prompts = ['\ude00', '\ud83d', 'a\ud83d', '\ude00b'];
    for (const prompt of prompts) {
      expect(diagnoseText('a😀b', 'prompt', prompt).exception).toBe('UnboundLocalError');
    }
    expect(diagnoseText('a😀b', 'prompt', 'a😀').verdict).toBe('fine');
  });
});

describe('diagnose', () => {
  it('does not look at the status, as the class does not', () => {
    const bodiless = [204, 304];
    for (let status = 200; status < 600; status += 1) {
      const expected = bodiless.includes(status) ? 'fails' : 'fine';
      expect(diagnoseJson({ prompt: 'Why? B' }, 'Why?', status).verdict, `${status}`).toBe(
        expected,
      );
    }
  });

  it('follows a redirect with a Location, and reads one without', () => {
    const headers: HeaderList = [['location', '/?call=1']];
    const get = diagnose({ status: 303, headers, body: '' }, 'Why?');
    expect(get.verdict).toBe('fine');
    expect(get.because).toContain('follows the redirect to /?call=1 with a GET');
    const post = diagnose({ status: 307, headers, body: '' }, 'Why?');
    expect(post.because).toContain('with the same POST');
    const none = diagnose({ status: 303, headers: [], body: '' }, 'Why?');
    expect(none.exception).toBe('requests.exceptions.JSONDecodeError');
  });

  it('knows the length of a header line that Python reads', () => {
    const answer = (bytes: number) => ({
      status: 200,
      // The line is "X: 1...1" with CR and LF.
      headers: [...JSON_HEADERS, ['X', '1'.repeat(bytes - 5)] as const],
      body: '{"prompt": "Why?"}',
    });
    expect(diagnose(answer(65_536), 'Why?').verdict).toBe('fine');
    expect(diagnose(answer(65_537), 'Why?').message).toBe(
      "('Connection aborted.', LineTooLong('got more than 65536 bytes when reading header line'))",
    );
  });

  it('does not unpack without end', () => {
    // Each member alone would be allowed.
    const member = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    const body = Buffer.concat([member, member, member, member]);
    const headers: HeaderList = [['content-encoding', 'gzip']];
    expect(diagnose({ status: 200, headers, body }, 'Why?').because).toContain('64 MiB');
  });

  it('says that a client that left was not out of patience by itself', () => {
    const { verdict, exception, because } = diagnoseAbandoned();
    expect({ verdict, exception }).toEqual({ verdict: 'fails', exception: null });
    expect(because).toContain('no timeout');
  });
});

describe('what a diagnosis teaches', () => {
  const missing = { type: 'missing', loc: ['body', 'n'], msg: 'Field required', input: {} };
  const invalid = {
    type: 'json_invalid',
    loc: ['body', 76],
    msg: 'JSON decode error',
    ctx: { error: 'Expecting value' },
  };
  const old = { loc: ['body', 'n'], msg: 'field required', type: 'value_error.missing' };
  const oldBody = { loc: ['body'], msg: 'value is not a valid dict', type: 'type_error.dict' };

  it.each([
    ['an answer without the prompt', 200, { prompt: 'hello world' }, /--answer echo/],
    ['another key', 200, { response: 'Why? B', tokens: 3 }, /"response"/],
    ['an empty object', 200, {}, /under the key "prompt"/],
    ['a missing field', 422, { detail: [missing] }, /body\.n: Field required/],
    ['a missing field, Pydantic 1', 422, { detail: [old] }, /body\.n: field required/],
    ['a body that is not JSON', 422, { detail: [invalid] }, /not JSON: Expecting value/],
    ['a body that is no object', 422, { detail: [oldBody] }, /Content-Type: application\/json/],
    ['a GET endpoint', 405, { detail: 'Method Not Allowed' }, /method POST/],
    ['a wrong path', 404, { detail: 'Not Found' }, /without a path/],
    ['an exception of the function', 429, { detail: 'slow down' }, /Retry-After/],
    ['a "detail" of its own', 200, { detail: 'Why?' }, /"detail"/],
    ['a bare string', 200, 'Why? B', /one JSON object/],
    ['no string', 200, { prompt: 5 }, /string/],
  ])('%s', (_, status, body, hint) => {
    expect(diagnoseJson(body, 'Why?', status).hint).toMatch(hint);
  });

  it.each([
    ['a crash', 500, 'Internal Server Error', /raised an exception/],
    ["Modal's edge", 404, 'modal-http: app not found', /edge/],
    ['events', 200, 'data: Why?\n\n', /stream/],
    ['a page', 502, '<html>', /HTML/],
    ['nothing', 200, '', /no body/],
    ['a byte order mark', 200, '\ufeff{}', /byte order mark/],
  ])('%s, because', (_, status, body, because) => {
    expect(diagnose({ status, headers: JSON_HEADERS, body }, 'Why?').because).toMatch(because);
  });
});
