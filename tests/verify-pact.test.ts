import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseCases } from '../src/verify/pact/choose-cases.ts';
import type { PactInteractionResult } from '../src/verify/pact/engine-outcome.ts';
import { explainMismatches } from '../src/verify/pact/explain-mismatches.ts';
import { compactJson, itemTexts, memberTexts } from '../src/verify/pact/json-slices.ts';
import { judgeCases } from '../src/verify/pact/judge-cases.ts';
import type { Pact } from '../src/verify/pact/pact.ts';
import { pactCurl } from '../src/verify/pact/pact-curl.ts';
import { PACT_PROBLEMS } from '../src/verify/pact/pact-problems.ts';
import { parsePact } from '../src/verify/pact/parse-pact.ts';
import { readEngineReport } from '../src/verify/pact/read-report.ts';
import { subsetsOf } from '../src/verify/pact/subset.ts';
import { withUniqueIds } from '../src/verify/pact/unique-ids.ts';
import { interactionText, type PactParts, pactText, requestText } from './verify-pact/pacts.ts';

function pactOf(interactions: readonly string[], parts: PactParts = {}): Pact {
  const pact = parsePact(pactText(interactions, parts), 'a.json');
  if ('code' in pact) throw new Error(pact.reason);
  return pact;
}

function only(interaction: string) {
  const [first] = pactOf([interaction]).interactions;
  if (first === undefined) throw new Error('has no interaction');
  return first;
}

const LIMITS = { requestsLeft: 100, hasStates: false, isRequired: false };

/** An interaction that asks something of its own. */
const askOf = (prompt: string) =>
  interactionText(prompt, { request: requestText(JSON.stringify({ prompt })) });
const STATES = { providerStates: '[{"name":"it is raining"}]' };

describe('cutting JSON', () => {
  test('keeps every number as it is written', () => {
    const text = '{"a": 1.0, "b" :12345678901234567890123, "c":\n[1e5, -0.0], "d":{"e":1.50}}';
    expect([...memberTexts(text)]).toEqual([
      ['a', '1.0'],
      ['b', '12345678901234567890123'],
      ['c', '[1e5, -0.0]'],
      ['d', '{"e":1.50}'],
    ]);
  });

  test('is not misled by what stands in strings', () => {
    const text = String.raw`{"a,\"}": "]\\", "b": "\\\"{[,:", "": [","]}`;
    expect([...memberTexts(text)]).toEqual([
      ['a,"}', String.raw`"]\\"`],
      ['b', String.raw`"\\\"{[,:"`],
      ['', '[","]'],
    ]);
  });

  test('takes the last of equal names, as every parser does', () => {
    expect(memberTexts('{"a":1,"\\u0061":2}').get('a')).toBe('2');
  });

  test('finds nothing in what is empty', () => {
    expect([...memberTexts(' { } ')]).toEqual([]);
    expect(itemTexts('[\n]')).toEqual([]);
  });

  test('finds the items of a list', () => {
    expect(itemTexts('[ {"a":[1,2]} , [3,[4]],"5, 6",7 ]')).toEqual([
      '{"a":[1,2]}',
      '[3,[4]]',
      '"5, 6"',
      '7',
    ]);
  });

  test('finds what a parser finds, in any JSON', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.nat(4),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent);
          const parsed: unknown = JSON.parse(text);
          const members = [...memberTexts(text)].map(([name, one]) => [name, JSON.parse(one)]);
          expect(Object.fromEntries(members)).toEqual(parsed);
          const items = itemTexts(JSON.stringify(Object.values(value), null, indent));
          expect(items.map((one) => JSON.parse(one))).toEqual(Object.values(Object(parsed)));
          expect(compactJson(text)).toBe(JSON.stringify(parsed));
        },
      ),
    );
  });

  test('puts JSON on one line', () => {
    expect(compactJson('{\n  "a b": [1.0,\t"x  \\" y"]\r\n}')).toBe('{"a b":[1.0,"x  \\" y"]}');
  });
});

describe('choosing interactions', () => {
  test('skips what needs a state, naming it, unless somebody sets states', () => {
    const pact = pactOf([interactionText('dry'), interactionText('wet', STATES)]);
    const { cases, others } = chooseCases([pact], LIMITS);
    expect(cases.map(({ interaction }) => interaction.description)).toEqual(['dry']);
    expect(others).toMatchObject([
      {
        id: 'pact: a-client: wet, given it is raining',
        status: 'skipped',
        problem: 'pact-state',
        reason: expect.stringContaining('"it is raining"'),
      },
    ]);
    expect(chooseCases([pact], { ...LIMITS, hasStates: true }).cases).toHaveLength(2);
  });

  test.each([
    [false, 'skipped'],
    [true, 'inconclusive'],
  ])(
    'takes as many as the budget allows, and says how many are needed; asked for: %s',
    (isRequired, status) => {
      const pacts = [
        pactOf([askOf('a'), askOf('b')]),
        pactOf([askOf('c'), interactionText('wet', STATES)]),
      ];
      const limits = { ...LIMITS, isRequired, requestsLeft: 1 };
      const { cases, others } = chooseCases(pacts, limits);
      expect(cases.map(({ interaction }) => interaction.description)).toEqual(['a']);
      expect(others.map((one) => [one.problem, one.status])).toEqual([
        ['budget', status],
        ['budget', status],
        ['pact-state', 'skipped'],
      ]);
      expect(others[0]).toMatchObject({
        reason: 'The pacts need 3 requests, and 1 was left.',
        hint: 'Give at least 2 more: --max-requests.',
      });
    },
  );

  test('takes the files in turn', () => {
    const pacts = [pactOf([askOf('a'), askOf('b'), askOf('c')]), pactOf([askOf('d'), askOf('e')])];
    const { cases, covered } = chooseCases(pacts, { ...LIMITS, requestsLeft: 3 });
    expect(cases.map(({ interaction }) => interaction.description)).toEqual(['a', 'd', 'b']);
    expect(covered.map(({ interaction }) => interaction.description)).toEqual(['a', 'b', 'd']);
  });

  test('sends what is equal once, whatever it is called and however it is written', () => {
    const request = requestText('{"prompt":"Why is the sky blue?"}');
    const again = interactionText('again', { request, key: '"k"', comments: '{"text":["x"]}' });
    const pacts = [pactOf([interactionText('first')]), pactOf([askOf('x'), again])];
    const { cases, covered, others } = chooseCases(pacts, { ...LIMITS, requestsLeft: 2 });
    expect(cases.map(({ interaction }) => interaction.description)).toEqual(['first', 'x']);
    expect(covered.map(({ interaction, by }) => [interaction, by.interaction])).toMatchObject([
      [{ description: 'first' }, { description: 'first' }],
      [{ description: 'x' }, { description: 'x' }],
      [{ description: 'again' }, { description: 'first' }],
    ]);
    expect(others).toEqual([]);
  });

  test.each<[what: string, parts: Record<string, string>, version?: string]>([
    ['a number', { request: requestText('{ "prompt": "x", "n": 1.0 }') }],
    ['what is expected', { response: '{ "status": 201 }' }],
    ['whether it is pending', { pending: 'true' }],
    ['the version of the specification', {}, '3.0'],
  ])('sends what is not equal apart: %s', (_what, parts, version = '4.0') => {
    const request = requestText('{ "prompt": "x", "n": 1 }');
    const pacts = [
      pactOf([interactionText('a', { request })]),
      pactOf([interactionText('a', { request, ...parts })], { version }),
    ];
    expect(chooseCases(pacts, LIMITS).cases).toHaveLength(2);
  });

  test("needs fifteen requests for the twenty-three interactions of this project's own", () => {
    const folder = new URL('../pacts/', import.meta.url);
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const pacts = names.map((name) => parsePact(readFileSync(new URL(name, folder), 'utf8'), name));
    const read = pacts.flatMap((pact) => ('code' in pact ? [] : [pact]));
    expect(read).toHaveLength(3);
    const { cases, covered, others } = chooseCases(read, { ...LIMITS, requestsLeft: 15 });
    expect([cases.length, covered.length, others]).toEqual([15, 23, []]);
    // The class did not change what it sends.
    const [old, now] = ['langchain-community-before-0.3', 'langchain-community'];
    const sent = cases.filter(({ pact }) => pact.consumer === old || pact.consumer === now);
    expect(sent).toHaveLength(6);
  });

  test('takes none when the budget is overdrawn', () => {
    const { cases } = chooseCases([pactOf([interactionText('a')])], {
      ...LIMITS,
      requestsLeft: -1,
    });
    expect(cases).toEqual([]);
  });

  test('leaves the verdict open over messages', () => {
    const message = '{"type":"Synchronous/Messages","description":"m"}';
    const { cases, others } = chooseCases([pactOf([message])], LIMITS);
    expect(cases).toEqual([]);
    expect(others).toMatchObject([{ status: 'inconclusive', problem: 'pact-unsupported' }]);
  });
});

describe('the pact for the engine', () => {
  test('has the chosen interactions as they stand in the file', () => {
    const exact = '{"n": 12345678901234567890, "t": 1.0, "e": 1E400}';
    const pact = pactOf([
      interactionText('left out'),
      interactionText('a', { request: requestText(exact) }),
    ]);
    const [, chosen] = chooseCases([pact], LIMITS).cases;
    const [subset] = subsetsOf(chosen === undefined ? [] : [chosen]);
    expect(subset?.text).toContain(exact);
    expect(subset?.text).not.toContain('left out');
    expect(JSON.parse(subset?.text ?? '')).toMatchObject({
      consumer: { name: 'consumer-0' },
      provider: { name: 'an-endpoint' },
      interactions: [{ description: 'a' }],
      metadata: { pactSpecification: { version: '4.0' } },
    });
  });

  test('is one for each interaction', () => {
    const subsets = subsetsOf(chooseCases([pactOf([askOf('a'), askOf('b')])], LIMITS).cases);
    expect(subsets.map(({ text }) => JSON.parse(text).consumer.name)).toEqual([
      'consumer-0',
      'consumer-1',
    ]);
  });
});

describe('the line that repeats an interaction', () => {
  const curl = (interaction: string, url = 'https://h.example') =>
    pactCurl(only(interaction), url, [
      ['Modal-Key', 'wk-secret'],
      ['X-Own', 'own-secret'],
      ['User-Agent', 'tests'],
    ]);

  test('has the body as it is written, and secrets as variables', () => {
    const request = requestText('{ "prompt": "it\'s",\n "t": 1.0 }');
    expect(curl(interactionText('a', { request }))).toBe(
      "curl -i 'https://h.example/' -H 'Content-Type: application/json' " +
        '-H "Modal-Key: $MODAL_KEY" -H "X-Own: $HEADER_X_OWN" -H \'User-Agent: tests\' ' +
        `--data-raw '{"prompt":"it'\\''s","t":1.0}'`,
    );
  });

  test('asks for what the engine asks for', () => {
    const request = '{"method":"GET","path":"/","query":{"a b":["1","ä"]}}';
    expect(curl(interactionText('a', { request }), 'https://h.example/web')).toContain(
      "curl -i 'https://h.example/web?a%20b=1&a%20b=%C3%A4' -H",
    );
    const other = '{"method":"DELETE","path":"/x"}';
    expect(curl(interactionText('a', { request: other }), 'https://h.example/web')).toContain(
      "curl -i -X DELETE 'https://h.example/web/x' -H",
    );
  });

  test("shows no secret of the pact's own, and not the same header twice", () => {
    const request = '{"method":"GET","path":"/","headers":{"modal-key":["wk-in-the-pact"]}}';
    const line = curl(interactionText('a', { request }));
    expect(line).toContain('-H "modal-key: $MODAL_KEY" -H "X-Own:');
    expect(line).not.toContain('wk-');
  });

  test('has texts and bytes', () => {
    const body = (content: string, encoded: string) =>
      `{"method":"POST","path":"/","body":{"content":${content},"contentType":"text/plain","encoded":${encoded}}}`;
    expect(curl(interactionText('a', { request: body('"plain\\n"', 'false') }))).toContain(
      "--data-raw 'plain\n'",
    );
    expect(curl(interactionText('a', { request: body('"e2JhZA=="', '"base64"') }))).toMatch(
      /^printf %s 'e2JhZA==' \| base64 -d \| curl -i .* --data-binary @-$/,
    );
  });

  test('has the bodies of older versions', () => {
    const old =
      '{"description":"a","request":{"method":"POST","path":"/","body":{"content":1.0}},"response":{"status":200}}';
    expect(curl(old)).toContain(`-H 'Content-Type: application/json' --data-raw '{"content":1.0}'`);
  });

  test('is left out where nobody would read it', () => {
    expect(
      curl(interactionText('a', { request: requestText(`"${'x'.repeat(5000)}"`) })),
    ).toBeNull();
  });
});

const NO_MISMATCH = { expected: null, actual: null, path: null, text: '' };
const RESULT: PactInteractionResult = {
  consumer: 'consumer-0',
  provider: 'an-endpoint',
  description: 'a',
  states: [],
  status: 'failed',
  mismatches: [],
  mismatchCount: 0,
  error: null,
  durationMs: 5,
};

describe('the sentences of mismatches', () => {
  const explain = (mismatches: PactInteractionResult['mismatches'], mismatchCount?: number) =>
    explainMismatches({
      ...RESULT,
      mismatches,
      mismatchCount: mismatchCount ?? mismatches.length,
    });

  test('begin with the status', () => {
    const reason = explain([
      { ...NO_MISMATCH, kind: 'body', path: '$', text: 'it is empty' },
      { ...NO_MISMATCH, kind: 'header', path: 'X', expected: 'a', actual: 'b', text: 'other' },
      { ...NO_MISMATCH, kind: 'status', expected: '200', actual: '500', text: 'no' },
    ]);
    expect(reason).toBe('The status is 500, not 200. The header X is b, not a. $: it is empty.');
  });

  test('name the values that the engine does not, and count what is left', () => {
    const missing = {
      kind: 'body',
      path: '$',
      expected: '["prompt"]',
      actual: '["response"]',
      text: 'Actual map is missing the following keys: prompt',
    } as const;
    expect(explain([missing], 7)).toBe(
      '$: Actual map is missing the following keys: prompt ' +
        '(expected ["prompt"], got ["response"]). And 6 more.',
    );
  });

  test('are short, and safe for a terminal', () => {
    const reason = explain([
      {
        ...NO_MISMATCH,
        kind: 'body',
        path: '$',
        actual: 'x'.repeat(9999),
        text: '\u001b[2J'.repeat(999),
      },
    ]);
    expect(reason.length).toBeLessThan(3000);
    expect(reason).not.toContain('\u001b');
  });
});

describe('judging the report of the engine', () => {
  const subsets = subsetsOf(chooseCases([pactOf([askOf('a'), askOf('b')])], LIMITS).cases);
  const judge = (
    results: readonly PactInteractionResult[],
    complaints: readonly string[] = [],
    askedCount = 2,
  ) =>
    judgeCases(subsets, { results, complaints, timeoutMs: 1000, askedCount }).map(
      ({ problem }) => problem,
    );
  const passed = { ...RESULT, status: 'passed' } as const;
  const second = { consumer: 'consumer-1', description: 'b' };
  const unsent = { ...RESULT, error: 'error sending request for url (https://h/)' };

  test('what is not in it was not verified', () => {
    expect(judge([], ['Failed to load pact'])).toMatchObject([
      { code: 'pact-nothing-verified', reason: expect.stringMatching(/Failed to load pact\.$/) },
      { code: 'pact-nothing-verified' },
    ]);
    expect(judge([passed])).toMatchObject([null, { code: 'pact-nothing-verified' }]);
  });

  test('the results of another pact are not those of this one', () => {
    expect(judge([{ ...passed, consumer: 'consumer-2' }])).toMatchObject([
      { code: 'pact-nothing-verified' },
      { code: 'pact-nothing-verified' },
    ]);
  });

  test('no answer at all is about the way, one among others about the endpoint', () => {
    expect(judge([unsent, { ...unsent, ...second }])).toMatchObject([
      { code: 'pact-unreachable' },
      { code: 'pact-unreachable' },
    ]);
    expect(judge([unsent, { ...passed, ...second }])).toMatchObject([
      { code: 'pact-no-answer' },
      null,
    ]);
  });

  test('no answer in time, no whole answer, a later answer', () => {
    expect(judge([{ ...unsent, durationMs: 1001 }])[0]).toMatchObject({ code: 'pact-timeout' });
    const cut = { ...RESULT, error: 'error decoding response body for url (https://h/)' };
    expect(judge([cut])[0]).toMatchObject({ code: 'pact-no-answer' });
    const mismatch = { ...NO_MISMATCH, kind: 'status', expected: '200', actual: '303' } as const;
    expect(judge([{ ...RESULT, mismatches: [mismatch], mismatchCount: 1 }])[0]).toMatchObject({
      code: 'pact-redirect',
    });
  });

  test('what was not tried any more is told so', () => {
    const late = { ...unsent, durationMs: 1001 };
    expect(judge([late], [], 1)).toMatchObject([
      { code: 'pact-timeout' },
      { code: 'pact-unresponsive', reason: expect.stringContaining('within 1000 ms') },
    ]);
    expect(PACT_PROBLEMS['pact-unresponsive'].status).toBe('skipped');
  });

  test('a pending interaction breaks nothing', () => {
    const [problem] = judge([{ ...unsent, status: 'pending-failed' }]);
    expect(problem).toMatchObject({ code: 'pact-pending' });
    expect(PACT_PROBLEMS['pact-pending'].status).toBe('skipped');
  });
});

describe('reading the report of the engine', () => {
  test('an unknown word is no pass', () => {
    const report = { interactionResults: [{ result: 'Fine' }] };
    expect(readEngineReport(report)?.results).toMatchObject([{ status: 'failed' }]);
  });

  test.each([
    ['76ms', 76],
    ['1.504s', 1504],
    ['0ns', 0],
    ['soon', null],
  ])('a duration of %s', (duration, durationMs) => {
    const report = { interactionResults: [{ result: 'OK', duration }] };
    expect(readEngineReport(report)?.results).toMatchObject([{ durationMs }]);
  });

  test.each([[null], [[]], [{}], [{ interactionResults: 5 }], [{ interactionResults: [{}] }]])(
    'another shape is none: %j',
    (report) => {
      expect(readEngineReport(report)).toBeNull();
    },
  );
});

test('results with the same id are numbered', () => {
  const { others } = chooseCases([pactOf([interactionText('a'), interactionText('a')])], {
    ...LIMITS,
    requestsLeft: 0,
  });
  expect(withUniqueIds(others).map(({ id }) => id)).toEqual([
    'pact: a-client: a',
    'pact: a-client: a (2)',
  ]);
});

test('every problem says in words what it is and what to do', () => {
  for (const { summary, hint } of Object.values(PACT_PROBLEMS)) {
    expect(summary).toMatch(/\w$/);
    expect(hint).toMatch(/[.]$/);
  }
});
