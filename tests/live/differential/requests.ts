import fc, { type Arbitrary } from 'fast-check';
import { functionSchema } from '../../../src/contract/function.ts';
import type { FunctionInput } from '../../../src/emulator/index.ts';
import type { LiveDefinition } from '../live-endpoint.ts';
import { deepJson, jsonFor, mutated } from './bodies.ts';
import { atTimes, mostly } from './chance.ts';
import { DEFINITION_NAMES, DEFINITIONS, type DefinitionName } from './definitions.ts';
import { encoded } from './encodings.ts';
import * as pools from './pools.ts';
import { queryTarget } from './queries.ts';

type Header = readonly [name: string, value: string];

/** A request to one of the definitions. */
export interface LiveRequest {
  readonly definition: DefinitionName;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Whether the body is sent in chunks and not with its length. */
  readonly isChunked: boolean;
}

type Draft = Pick<LiveRequest, 'method' | 'target' | 'headers' | 'body'>;

const JSON_TYPE: Header = ['Content-Type', 'application/json'];

const isRarelyTrue = mostly(false, 5, fc.constant(true));

/** Requests to all definitions, alike often. A smaller one has the same definition. */
export const liveRequest: Arbitrary<LiveRequest> = fc.oneof(
  ...DEFINITION_NAMES.map((definition) => {
    const { function: input = {} }: LiveDefinition = DEFINITIONS[definition];
    return fc
      .tuple(draftFor(input), atTimes(5, pools.OTHER_HEADERS), isRarelyTrue)
      .map(([draft, others, isChunked]) => ({
        definition,
        ...draft,
        headers: [...draft.headers, ...others],
        isChunked: isChunked && draft.body.length > 0,
      }));
  }),
);

function draftFor(input: FunctionInput): Arbitrary<Draft> {
  const { method, parameters } = functionSchema.parse(input);
  if (parameters.kind === 'query') {
    const target = queryTarget(parameters.fields);
    const base = fc.record({
      method: fc.constant(method),
      target,
      headers: fc.constant<readonly Header[]>([]),
      // Nobody reads it.
      body: mostly(Buffer.alloc(0), 10, fc.constant(Buffer.from('{"prompt":'))),
    });
    return fc.oneof(
      { weight: 60, arbitrary: base },
      { weight: 12, arbitrary: withCors(base) },
      { weight: 8, arbitrary: elsewhere(base) },
      { weight: 5, arbitrary: otherwise(base) },
    );
  }
  const json = jsonFor(input);
  const posted = (body: Arbitrary<Buffer>) =>
    fc.record({
      method: fc.constant(method),
      target: atTimes(4, pools.ROUTE_TARGETS).map(([target = '/']) => target),
      headers: fc.constant<readonly Header[]>([JSON_TYPE]),
      body,
    });
  const base = posted(
    fc.oneof({ weight: 96, arbitrary: encoded(json) }, { weight: 4, arbitrary: deepJson }),
  );
  return fc.oneof(
    { weight: 40, arbitrary: base },
    { weight: 22, arbitrary: posted(encoded(mutated(json))) },
    { weight: 3, arbitrary: posted(fc.constant(Buffer.alloc(0))) },
    { weight: 9, arbitrary: otherTyped(base) },
    { weight: 12, arbitrary: withCors(base) },
    { weight: 8, arbitrary: elsewhere(base) },
    { weight: 5, arbitrary: otherwise(base) },
  );
}

/** With another content type, or none, or two. */
function otherTyped(base: Arbitrary<Draft>): Arbitrary<Draft> {
  const types = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 9, arbitrary: fc.constantFrom(...pools.CONTENT_TYPES).map((type) => [type]) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom('application/json', ...pools.CONTENT_TYPES),
        fc.constantFrom('application/json', ...pools.CONTENT_TYPES),
      ),
    },
  );
  const plain = encoded(fc.constantFrom(...pools.PLAIN_TEXTS));
  const body = mostly<Buffer | null>(null, 25, plain);
  return fc.tuple(base, types, body).map(([draft, known, otherBody]) => ({
    ...draft,
    headers: known.map((type): Header => ['Content-Type', type]),
    body: otherBody ?? draft.body,
  }));
}

/** As a browser's page on another site would ask, or almost. */
function withCors(base: Arbitrary<Draft>): Arbitrary<Draft> {
  const header = (percent: number, name: string, pool: readonly string[]) =>
    atTimes<Header>(
      percent,
      pool.map((value) => [name, value]),
    );
  const headers = fc
    .tuple(
      header(80, 'Origin', pools.ORIGINS),
      header(10, 'Origin', ['https://second.example']),
      header(35, 'Cookie', ['a=b', '', 'x']),
      header(50, 'Access-Control-Request-Method', pools.REQUESTED_METHODS),
      header(40, 'Access-Control-Request-Headers', pools.REQUESTED_HEADERS),
      header(20, 'Access-Control-Request-Private-Network', ['true', 'false', '']),
      fc.nat({ max: 3 }),
    )
    .map(([first, second, cookie, method, wanted, isPrivate, turn]) => {
      const all = [...first, ...second, ...cookie, ...method, ...wanted, ...isPrivate];
      return [...all.slice(turn), ...all.slice(0, turn)];
    });
  const preflight = fc.boolean();
  const target = atTimes(15, pools.TARGETS);
  return fc.tuple(base, headers, preflight, target).map(([draft, more, isPreflight, [other]]) => ({
    ...draft,
    headers: [...draft.headers, ...more],
    target: other ?? draft.target,
    ...(isPreflight ? { method: 'OPTIONS' } : {}),
  }));
}

/** Another path, by the methods that a browser has. */
function elsewhere(base: Arbitrary<Draft>): Arbitrary<Draft> {
  const methods = fc.constantFrom(null, 'GET', 'GET', 'HEAD', 'POST', 'OPTIONS');
  const target = fc.constantFrom(...pools.TARGETS);
  return fc.tuple(base, target, methods).map(([draft, other, method]) => ({
    ...draft,
    target: other,
    method: method ?? draft.method,
  }));
}

/** Another method. */
function otherwise(base: Arbitrary<Draft>): Arbitrary<Draft> {
  return fc
    .tuple(base, fc.constantFrom(...pools.METHODS))
    .map(([draft, method]) => ({ ...draft, method }));
}
