import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import type { ProbeAnswer, ProbeRequest } from '../src/verify/index.ts';
import type { ProblemCode } from '../src/verify/problems.ts';
import { answer, emulatorTransport } from './verify/emulator-transport.ts';
import { resultOf, verifyWith, wrongOf } from './verify/verify-with.ts';

/** Answers in place of the endpoint's own answer of a status. */
function instead(of: number, another: ProbeAnswer) {
  const emulator = createEmulator({ answer: 'echo' });
  return emulatorTransport(emulator, (own) => (own.status === of ? another : own));
}

const detail = (value: unknown) => JSON.stringify({ detail: value });
const FINE = { loc: ['body', 'prompt'], msg: 'no', type: 'missing' };
const TEXT: ProbeAnswer['headers'] = [['content-type', 'text/plain']];

describe('a 422 is missed', () => {
  const CASES: readonly (readonly [string, ProblemCode, ProbeAnswer])[] = [
    ['accepted', 'refusal-accepted', answer(200, '{"prompt":""}')],
    ['created', 'refusal-accepted', answer(201, '{"prompt":""}')],
    ['400', 'refusal-status', answer(400, detail('Bad Request'))],
    ['404', 'refusal-status', answer(404, detail('Not Found'))],
    ['500', 'refusal-crash', answer(500, 'Internal Server Error', TEXT)],
    ['a text', 'refusal-not-json', answer(422, 'prompt: field required', TEXT)],
    ['JSON that calls itself text', 'refusal-not-json', answer(422, detail([FINE]), TEXT)],
    ['no body', 'refusal-not-json', answer(422)],
    ['another shape', 'refusal-shape', answer(422, '{"error":"prompt is required"}')],
    ['a text as its detail', 'refusal-shape', answer(422, detail('prompt is required'))],
    ['an empty list', 'refusal-shape', answer(422, detail([]))],
    ['no place', 'refusal-shape', answer(422, detail([{ msg: 'no', type: 'missing' }]))],
    ['a place as a text', 'refusal-shape', answer(422, detail([{ ...FINE, loc: 'prompt' }]))],
    ['an empty place', 'refusal-shape', answer(422, detail([{ ...FINE, loc: [] }]))],
    ['another place', 'refusal-place', answer(422, detail([{ ...FINE, loc: ['body', 'text'] }]))],
  ];

  test.each(CASES)('%s', async (_name, code, another) => {
    const report = await verifyWith(instead(422, another));
    expect(wrongOf(report)).toEqual([`missing-prompt: ${code}`, `wrong-prompt: ${code}`]);
    expect(resultOf(report, 'missing-prompt').reason).toMatch(/has to be told which\.$/);
  });

  test.each([
    ['more than one place', detail([{ ...FINE, loc: ['body', 'more'] }, FINE])],
    ['more keys', JSON.stringify({ detail: [{ ...FINE, ctx: {}, input: null }], id: 1 })],
    ['a longer place', detail([{ ...FINE, loc: ['body', 'item', 'prompt', 0] }])],
  ])('%s is as good', async (_name, body) => {
    expect(wrongOf(await verifyWith(instead(422, answer(422, body))))).toEqual([]);
  });
});

describe('a 405 is missed', () => {
  const allow = (value: string): ProbeAnswer['headers'] => [['Allow', value]];
  const CASES: readonly (readonly [string, ProblemCode, ProbeAnswer])[] = [
    ['accepted', 'method-accepted', answer(200, '{"prompt":""}')],
    ['no content', 'method-accepted', answer(204)],
    ['404', 'method-status', answer(404)],
    ['501', 'method-status', answer(501)],
    ['no Allow', 'allow-missing', answer(405)],
    ['another Allow', 'allow-wrong', answer(405, '', allow('GET, HEAD'))],
    ['an empty Allow', 'allow-wrong', answer(405, '', allow(''))],
  ];

  test.each(CASES)('%s', async (_name, code, another) => {
    const report = await verifyWith(instead(405, another));
    expect(wrongOf(report)).toEqual([`wrong-method: ${code}`]);
  });

  test('one of several is as good', async () => {
    const several = answer(405, '', [['allow', 'OPTIONS , POST']]);
    expect(wrongOf(await verifyWith(instead(405, several)))).toEqual([]);
  });
});

test('every parameter with a type is tried, one at a time', async () => {
  const definition = { method: 'GET', query: { q: 'str', n: 'int', wanted: 'bool' } } as const;
  const emulator = createEmulator({ function: definition, answer: 'echo' });
  const refused: ProbeRequest[] = [];
  const transport = emulatorTransport(emulator, (own, request) => {
    if (own.status === 422) refused.push(request);
    return own;
  });
  const report = await verifyWith(transport, { function: definition });
  expect(wrongOf(report)).toEqual([]);
  expect(refused.map(({ url }) => new URL(url).search.replace(/q=q\w+/, 'q=…'))).toEqual([
    '?n=1&wanted=true',
    '?q=…&wanted=true&n=neither-number-nor-truth',
  ]);
  expect(resultOf(report, 'wrong-prompt')).toMatchObject({
    problem: 'not-applicable',
    reason: 'The parameter "q" takes everything.',
  });
});
