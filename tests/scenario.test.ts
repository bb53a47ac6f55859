import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CATALOG, findBuiltIn } from '../src/scenarios/catalog.ts';
import { noop } from '../src/scenarios/faults/noop.ts';
import { createFaultRegistry, FAULT_REGISTRY } from '../src/scenarios/registry.ts';
import { parseScenario, scenarioSchema } from '../src/scenarios/scenario.ts';
import { mistakesIn, scenarioOf, testRegistry, testSchema } from './scenario-world.ts';

describe('a scenario as people write it', () => {
  const yaml = `
$schema: ./scenario.schema.json
name: bad-monday
seed: monday
steps:
  - latency: { p50: 800ms, p95: 2.5s, p99: 9s }
  - when: { prompt: /weather/i, attempt: 1 }
    fault: { kind: refuse, status: 429 }
  - every: 5
    fault: [noop, { kind: mark, as: x }]
  - name: stall
    toxicity: 0.02
    window: { from: 10s, to: 1m }
    fault: refuse
  - sequence: [{ fault: down, times: 2 }, {}]
    repeat: false
`;

  test('may name every fault that comes with the emulator', () => {
    const input = parse(`
name: bad-monday
seed: monday
steps:
  - latency: { p50: 800ms, p95: 2.5s, p99: 9s }
  - when: { prompt: /weather/i, attempt: 1 }
    fault: { kind: rate-limited, retryAfter: 2s }
  - every: 5
    fault: { kind: reset, afterBytes: 40 }
  - toxicity: 0.02
    fault: { kind: stall, afterTokens: 12 }
`);
    expect(mistakesIn(input)).toEqual([]);
    expect(parseScenario(input).scenario?.steps.map(({ label }) => label)).toEqual([
      '#1 latency',
      '#2 rate-limited',
      '#3 reset',
      '#4 stall',
    ]);
  });

  test('is read', () => {
    const scenario = scenarioOf(parse(yaml));
    expect(scenario).toMatchObject({ name: 'bad-monday', seed: 'monday', summary: null });
    expect(scenario.steps.map(({ label }) => label)).toEqual([
      '#1 latency',
      '#2 refuse',
      '#3 noop + mark',
      'stall',
      '#5 sequence',
    ]);
    expect(scenario.steps[1]).toMatchObject({ skip: 0, every: 1, toxicity: 1, times: Infinity });
    expect(scenario.steps[3]).toMatchObject({
      toxicity: 0.02,
      window: { unit: 'time', from: 10_000, to: 60_000 },
    });
    expect(scenario.steps[4]?.turns.map(({ times, faults }) => [times, faults.length])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  test('needs nothing but steps, of which there may be none', () => {
    expect(scenarioOf({ steps: [] })).toMatchObject({ name: 'unnamed', seed: null, steps: [] });
    expect(scenarioOf({ seed: 42, steps: [] }).seed).toBe('42');
  });

  test('the digest is of what the steps say, not of how it is written', () => {
    const digest = (steps: readonly object[], name = 'a') => scenarioOf({ name, steps }).digest;
    const one = digest([{ toxicity: 0.5, fault: 'noop' }]);
    expect(digest([{ fault: 'noop', toxicity: 0.5 }], 'b')).toBe(one);
    expect(digest([{ fault: 'noop', toxicity: 0.6 }])).not.toBe(one);
    expect(digest([])).not.toBe(one);
  });

  test('editors get a schema of it', () => {
    const schema = z.toJSONSchema(scenarioSchema, { io: 'input' });
    expect(schema).toMatchObject({ type: 'object', required: ['steps'] });
    const step = JSON.stringify(schema.properties?.steps);
    for (const { kind, summary } of FAULT_REGISTRY.faults) {
      expect(step).toContain(`"${kind}"`);
      expect(step).toContain(JSON.stringify(summary));
    }
  });
});

const step = (written: object) => ({ steps: [written] });

describe('mistakes are told at their place', () => {
  test.each<readonly [input: unknown, mistakes: readonly string[]]>([
    [null, [': must be a mapping.']],
    [{}, ['steps: is missing; it must be a list.']],
    [{ steps: [], stepz: [] }, ['stepz: is not a known key. Did you mean "steps"?']],
    [{ name: '-', steps: [] }, ['name: must be 1 to 100 letters, digits, ".", "_", "-".']],
    [step({}), ['steps.0: does nothing; give it a "fault", a "latency" or a "sequence".']],
    [step({ fualt: 'noop' }), ['steps.0.fualt: is not a known key. Did you mean "fault"?']],
    [
      step({ fault: 'noop', times: 0 }),
      ['steps.0.times: must be at least 1: a step that never strikes can be left out.'],
    ],
    [step({ fault: 'noop', times: 1.5 }), ['steps.0.times: must be a whole number.']],
    [step({ fault: 'noop', skip: -1 }), ['steps.0.skip: must be at least 0.']],
    [
      step({ fault: 'noop', every: 0 }),
      ['steps.0.every: must be at least 1, which is every request.'],
    ],
    [step({ fault: 'noop', toxicity: 1.01 }), ['steps.0.toxicity: must be at most 1.']],
    [step({ fault: 'noop', toxicity: -0.1 }), ['steps.0.toxicity: must be at least 0.']],
    [
      step({ latency: 'soon' }),
      [
        'steps.0.latency: must be milliseconds, or a duration such as "250ms", "2.5s" or "1m", of a day at most.',
      ],
    ],
    [
      step({ fault: 'noop', when: {} }),
      ['steps.0.when: names no condition; leave "when" out for all requests.'],
    ],
    [
      step({ fault: 'noop', when: { promt: 'x' } }),
      ['steps.0.when.promt: is not a known key. Did you mean "prompt"?'],
    ],
    [
      step({ fault: 'noop', when: { prompt: { contain: 'x' } } }),
      ['steps.0.when.prompt.contain: is not a known key. Did you mean "contains"?'],
    ],
    [
      step({ fault: 'noop', when: { prompt: {} } }),
      ['steps.0.when.prompt: needs equals, contains, startsWith or endsWith.'],
    ],
    [step({ fault: 'noop', when: { attempt: 0 } }), ['steps.0.when.attempt: must be at least 1.']],
    [
      step({ fault: 'noop', when: { ordinal: { from: 3, to: 2 } } }),
      ['steps.0.when.ordinal.to: is less than "from": no number is both.'],
    ],
    [
      step({ fault: 'noop', when: { header: { 'a b': 'x' } } }),
      ['steps.0.when.header.a b: is no name of a header.'],
    ],
    [
      step({ fault: 'noop', window: { from: 3, to: 2 } }),
      ['steps.0.window: ends before it begins: "from" is greater than "to".'],
    ],
    [
      step({ fault: 'noop', window: { from: '10s', to: '10s' } }),
      ['steps.0.window: is empty: "from" equals "to".'],
    ],
    [
      step({ fault: 'noop', window: { from: '10s', to: 20 } }),
      ['steps.0.window: mixes requests and time; give both ends a unit, or none.'],
    ],
    [
      step({ fault: 'noop', window: { from: '10' } }),
      ['steps.0.window.from: needs a unit, as in "10s"; a number of requests has no quotes.'],
    ],
    [step({ fault: 'noop', window: {} }), ['steps.0.window: needs "from" or "to".']],
    [
      step({ sequence: [{}, {}] }),
      ['steps.0: does nothing in any turn of its sequence; give one a "fault" or a "latency".'],
    ],
    [
      step({ sequence: [{ fault: 'noop' }] }),
      ['steps.0.sequence: needs two turns; one alone is a plain step.'],
    ],
    [
      step({ sequence: [{ fault: 'noop' }, {}], latency: 1 }),
      ['steps.0: has a "sequence" and a fault besides; put the fault into a step of its own.'],
    ],
    [
      step({ fault: 'noop', repeat: true }),
      ['steps.0: has "repeat", which is for a "sequence" only.'],
    ],
    [
      { steps: [{ name: 'a', fault: 'noop' }, { latency: 1 }, { name: 'a', latency: 1 }] },
      ['steps.2.name: is the name of another step, number 1.'],
    ],
    [
      { steps: Array.from({ length: 1001 }, () => ({ fault: 'noop' })) },
      ['steps: must be at most 1000 entries long.'],
    ],
  ])('%j', (input, mistakes) => {
    expect(mistakesIn(input)).toEqual(mistakes);
  });

  test('all of them, and nothing of the scenario is used', () => {
    const input = { steps: [{ fault: 'noop', every: 0 }, { latency: -1 }, { fault: 'noop' }] };
    expect(mistakesIn(input)).toHaveLength(2);
    expect(parseScenario(input).scenario).toBeNull();
  });
});

describe('faults are named', () => {
  const mistakes = (fault: unknown) => mistakesIn(step({ fault }), testSchema);

  test.each([
    'refuse',
    { kind: 'refuse' },
    { kind: 'refuse', status: 429 },
    'down',
    { kind: 'EMPTY_RESPONSE', status: 500 },
    ['refuse', { kind: 'mark', as: 'x' }],
  ])('%j', (fault) => {
    const [first] = scenarioOf(step({ fault })).steps[0]?.turns[0]?.faults ?? [];
    expect(first?.kind).toBe('refuse');
  });

  test('what is wrong with one is told', () => {
    expect(mistakes('refuze')[0]).toMatch(/^steps\.0\.fault: must be .* Did you mean "refuse"\?$/);
    expect(mistakes({ kind: 'refuze' })[0]).toMatch(/^steps\.0\.fault\.kind: .*"refuse"\?$/);
    expect(mistakes(['noop', 'EMPTY_RESPONS'])[0]).toMatch(
      /^steps\.0\.fault\.1: .* Did you mean "EMPTY_RESPONSE"\?$/,
    );
    expect(mistakes({})).toEqual([expect.stringMatching(/^steps\.0\.fault\.kind: is missing/)]);
    expect(mistakes([])).toEqual(['steps.0.fault: must not be empty.']);
    expect(mistakes({ kind: 'down', staus: 429 })).toEqual([
      'steps.0.fault.staus: is not a known key. Did you mean "status"?',
    ]);
    expect(mistakes({ kind: 'refuse', status: 200 })).toEqual([
      'steps.0.fault.status: must be at least 400.',
    ]);
    // Said at the option that is missing, in the short form too.
    expect(mistakes('mark')).toEqual(['steps.0.fault.as: is missing; it must be a text.']);
  });

  test('a registry finds them by kind and alias, and has no name twice', () => {
    expect(testRegistry.find('down')?.kind).toBe('refuse');
    expect(testRegistry.find('refuse')?.kind).toBe('refuse');
    expect(testRegistry.find('toString')).toBeNull();
    const again = { ...noop, kind: 'other', aliases: ['noop'] };
    expect(() => createFaultRegistry([noop, again])).toThrow('two faults have the name "noop"');
  });

  test.each(FAULT_REGISTRY.faults)('the example of $kind is one', ({ kind, example }) => {
    expect(mistakesIn(step({ fault: { kind, ...example } }))).toEqual([]);
    expect(FAULT_REGISTRY.find(kind)?.kind).toBe(kind);
  });
});

describe('the catalogue', () => {
  test.each(CATALOG)('$name is valid, and says what it tests', (written) => {
    expect(mistakesIn(written)).toEqual([]);
    expect(written.summary).toMatch(/^[A-Z].{20,}\.$/);
    expect(written.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(findBuiltIn(written.name)?.name).toBe(written.name);
  });

  test('has no name twice, and no others', () => {
    expect(new Set(CATALOG.map(({ name }) => name)).size).toBe(CATALOG.length);
    expect(findBuiltIn('bad-monday')).toBeNull();
    expect(findBuiltIn('constructor')).toBeNull();
  });
});
