import { describe, expect, it } from 'vitest';
import { describeFunction } from '../src/contract/describe-function.ts';
import { type FunctionInput, functionSchema } from '../src/contract/function.ts';

const written: readonly FunctionInput[] = [
  {},
  { docs: true, method: 'PUT', name: 'ask' },
  {
    body: {
      model: 'Tuned',
      fields: {
        prompt: 'str',
        n: 'int = 64',
        t: 'float = 1.5',
        stop: 'Optional[list[str]] = None',
        echo: 'bool = False',
        on: 'bool = True',
        quoted: 'str = "it\'s"',
        more: 'Any = {"a":[1,null,true]}',
        bare: 'list = []',
      },
    },
  },
  { body: 'dict' },
  { body: { dict: 'payload' }, promptField: 'question' },
  { method: 'GET', query: { question: 'str', n: 'int = 1' } },
  { handler: { kind: 'answer', key: null } },
  { handler: { kind: 'stream', events: ['data: a\n\n'] } },
  { handler: { kind: 'http-exception', status: 429, detail: { a: 1 }, headers: { 'X-A': '1' } } },
  { handler: { kind: 'crash', exception: "ValueError('x')" } },
];

describe('describeFunction', () => {
  it.each(written)('writes %j so that it reads back the same', (input) => {
    const definition = functionSchema.parse(input);
    const described = describeFunction(definition);
    expect(functionSchema.parse(described)).toEqual(definition);
    expect(functionSchema.parse(JSON.parse(JSON.stringify(described)))).toEqual(definition);
  });

  it('writes types and defaults as Python does', () => {
    const definition = functionSchema.parse({
      query: { a: 'int | None = None', b: 'bool = True' },
    });
    expect(describeFunction(definition).query).toEqual({
      a: 'Optional[int] = None',
      b: 'bool = True',
    });
  });
});
