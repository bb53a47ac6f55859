import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  AnnotationError,
  type FieldType,
  formatType,
  parseAnnotation,
} from '../src/contract/annotation.ts';
import { DEFAULT_FUNCTION, type FunctionInput, functionSchema } from '../src/contract/function.ts';

const str: FieldType = { kind: 'str' };

describe('a type', () => {
  const TYPES: readonly (readonly [text: string, type: FieldType, python: string])[] = [
    ['str', str, 'str'],
    ['int', { kind: 'int' }, 'int'],
    ['float', { kind: 'float' }, 'float'],
    ['bool', { kind: 'bool' }, 'bool'],
    ['Any', { kind: 'any' }, 'Any'],
    ['dict', { kind: 'dict' }, 'dict'],
    ['Dict', { kind: 'dict' }, 'dict'],
    ['list', { kind: 'list', items: null }, 'list'],
    ['List', { kind: 'list', items: null }, 'list'],
    ['list[str]', { kind: 'list', items: str }, 'list[str]'],
    ['List[ str ]', { kind: 'list', items: str }, 'list[str]'],
    ['list[list[str]]', { kind: 'list', items: { kind: 'list', items: str } }, 'list[list[str]]'],
    ['Optional[str]', { kind: 'optional', inner: str }, 'Optional[str]'],
    ['Optional[Optional[str]]', { kind: 'optional', inner: str }, 'Optional[str]'],
    ['str | None', { kind: 'optional', inner: str }, 'Optional[str]'],
    ['None|str', { kind: 'optional', inner: str }, 'Optional[str]'],
    [
      'Optional[list[Optional[str]]]',
      { kind: 'optional', inner: { kind: 'list', items: { kind: 'optional', inner: str } } },
      'Optional[list[Optional[str]]]',
    ],
    [
      'list[str | None]',
      { kind: 'list', items: { kind: 'optional', inner: str } },
      'list[Optional[str]]',
    ],
    [
      'list[str] | None',
      { kind: 'optional', inner: { kind: 'list', items: str } },
      'Optional[list[str]]',
    ],
  ];

  test.each(TYPES)('%s', (text, type, python) => {
    expect(parseAnnotation(text)).toEqual({ type });
    expect(parseAnnotation(`  ${text}  `)).toEqual({ type });
    expect(formatType(type)).toBe(python);
    // What is shown can be written.
    expect(parseAnnotation(python)).toEqual({ type });
  });
});

describe('a default', () => {
  test.each([
    ['int = 64', 64],
    ['int=64', 64],
    ['int = -1', -1],
    ['float = 1.0', 1],
    ['float = 1', 1],
    ['float = 1e-3', 0.001],
    ['bool = False', false],
    ['bool = True', true],
    ['Optional[int] = None', null],
    ['Optional[int] = 5', 5],
    ['Any = None', null],
    ['str = "a b"', 'a b'],
    ["str = 'x'", 'x'],
    ["str = ''", ''],
    ['str = "a=b"', 'a=b'],
    ['list[str] = []', []],
    ['list[int] = [1, 2]', [1, 2]],
    ['dict = {}', {}],
    ['Any = {"a": [1]}', { a: [1] }],
  ])('%s', (text, value) => {
    expect(parseAnnotation(text)).toMatchObject({ default: value });
  });

  test('none is another thing than None', () => {
    expect('default' in parseAnnotation('Optional[int]')).toBe(false);
    expect('default' in parseAnnotation('Optional[int] = None')).toBe(true);
  });
});

describe('an annotation that cannot be read', () => {
  test.each([
    ['string', '"string" is not a type'],
    ['Str', '"Str" is not a type'],
    ['', '"" is not a type'],
    ['toString', '"toString" is not a type'],
    ['__proto__', '"__proto__" is not a type'],
    ['list[]', '"list[]" is not a type'],
    ['list[number]', '"number" is not a type'],
    ['Optional[', '"Optional[" is not a type'],
    ['int | str', '"int | str" is not a type'],
    ['int =', 'The default (empty) is not a literal'],
    ['int = foo', 'The default foo is not a literal'],
    ['bool = true', null],
    ['int = 1.5', 'The default 1.5 does not fit int'],
    ['int = "1"', 'The default "1" does not fit int'],
    ['str = 1', 'The default 1 does not fit str'],
    ['float = "1"', 'The default "1" does not fit float'],
    ['bool = 1', 'The default 1 does not fit bool'],
    ['int = None', 'The default None does not fit int'],
    ['list[int] = [1, "a"]', 'does not fit list[int]'],
    ['dict = []', 'The default [] does not fit dict'],
    ['Optional[int] = "x"', 'does not fit Optional[int]'],
  ])('%s', (text, reason) => {
    // JSON's words are taken too: a YAML user writes `true`.
    if (reason === null) return expect(parseAnnotation(text)).toMatchObject({ default: true });
    expect(() => parseAnnotation(text)).toThrow(AnnotationError);
    expect(() => parseAnnotation(text)).toThrow(reason);
    // The way out.
    expect(() => parseAnnotation(text)).toThrow('Write it as Python does: "str", "int = 64"');
  });
});

/** The issues, and those inside the branches of a union, each with its place. */
function flatten(
  issues: readonly z.core.$ZodIssue[],
  above: readonly PropertyKey[] = [],
): string[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
      return [`${path.join('.')}: ${issue.message}`];
    }
    return issue.errors.flatMap((branch) => flatten(branch, path));
  });
}

function problemsOf(input: unknown): string[] {
  return flatten(functionSchema.safeParse(input).error?.issues ?? []);
}

describe('a definition', () => {
  test("is the dummy of LangChain's page by default", () => {
    expect(DEFAULT_FUNCTION).toEqual({
      name: 'hello',
      method: 'POST',
      docs: false,
      parameters: { kind: 'model', model: 'Request', fields: [{ name: 'prompt', type: str }] },
      promptField: 'prompt',
      handler: { kind: 'answer', key: 'prompt' },
    });
  });

  test.each<[FunctionInput, string]>([
    [{ body: { fields: { question: 'str', prompt: 'str' } } }, 'prompt'],
    [{ body: { fields: { question: 'str', n: 'int' } } }, 'question'],
    [{ method: 'GET', query: { question: 'str' } }, 'question'],
    [{ body: 'dict' }, 'prompt'],
    [{ body: { dict: 'item' } }, 'prompt'],
    [{ body: { fields: {} } }, 'prompt'],
    [{ body: { fields: { a: 'str', b: 'str' } }, promptField: 'b' }, 'b'],
  ])('%j finds the prompt under %s', (input, promptField) => {
    expect(functionSchema.parse(input).promptField).toBe(promptField);
  });

  test('keeps the fields in order, with their defaults', () => {
    const { parameters } = functionSchema.parse({
      body: { model: 'Tuned', fields: { b: 'int = 2', a: 'str' } },
    });
    expect(parameters).toEqual({
      kind: 'model',
      model: 'Tuned',
      fields: [
        { name: 'b', type: { kind: 'int' }, default: 2 },
        { name: 'a', type: str },
      ],
    });
  });

  test.each<[unknown, string, RegExp]>([
    [{ body: 'dict', query: { a: 'str' } }, 'query', /one of them, not both/],
    [{ methods: 'GET' }, '', /methods/],
    [{ method: 'get' }, 'method', /GET/],
    [{ name: 'two words' }, 'name', /Python name/],
    [{ body: { fields: { 'a-b': 'str' } } }, 'body.fields.a-b', /Python name|Invalid key/],
    [{ body: { fields: { n: 'number' } } }, 'body.fields.n', /"number" is not a type/],
    [{ body: { fields: { _n: 'int' } } }, 'body.fields', /begin with "_"/],
    [{ query: { a: 'list[str]' } }, 'query', /FastAPI reads others from the body/],
    [{ query: { a: 'Any' } }, 'query', /str, int, float or bool/],
    [{ promptField: '1' }, 'promptField', /Python name/],
    [{ handler: { kind: 'http-exception', status: 200 } }, 'handler.status', /400/],
    [{ handler: { kind: 'explode' } }, 'handler.kind', /'answer' \| 'stream'/],
    [
      { handler: { kind: 'http-exception', status: 429, headers: { 'a b': 'x' } } },
      'handler.headers.a b',
      /header name|Invalid key/,
    ],
    [
      { handler: { kind: 'http-exception', status: 429, headers: { a: 'x\r\ny' } } },
      'handler.headers.a',
      /without line breaks/,
    ],
  ])('%j is refused at "%s"', (input, place, reason) => {
    const problems = problemsOf(input);
    const found = problems.filter((problem) => problem.startsWith(`${place}: `));
    expect(found, problems.join('; ')).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });
});
