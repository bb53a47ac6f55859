import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { repr } from '../src/emulator/diagnosis/python-repr.ts';
import {
  type AnswerSource,
  createEmulator,
  type FunctionInput,
  STACK_NAMES,
} from '../src/emulator/index.ts';
import { expand } from './run-length.ts';

const rowSchema = z
  .tuple([z.string(), z.string(), z.string()])
  .transform(([value, old, later]) => ({ value: expand(value), old, later }));
const fileSchema = z.object({ types: z.record(z.string(), z.array(rowSchema)) });

function readTypes(where: 'body' | 'query') {
  const text = readFileSync(new URL(`./coercion/${where}.json`, import.meta.url), 'utf8');
  return Object.entries(fileSchema.parse(JSON.parse(text)).types);
}

/** Answers what the function was given, as Python would print it. */
const reflect: AnswerSource = {
  name: 'reflect',
  summary: 'the repr of the parameter v',
  needsPrompt: false,
  answer: ({ parameters }) => repr(parameters.get('v') ?? null),
};

/** `= ‹repr of the value›`, or `‹status› ‹body›`, as the data has it. */
async function outcomeOf(response: Response): Promise<string> {
  const text = await response.text();
  return response.status === 200 ? `= ${JSON.parse(text).prompt}` : `${response.status} ${text}`;
}

/** Asks a value of an endpoint with one parameter of the type. */
type Ask = (value: string) => Promise<string>;

function bodyAsker(stack: (typeof STACK_NAMES)[number], type: string): Ask {
  const definition: FunctionInput = { body: { fields: { v: type } } };
  const emulator = createEmulator({ stack, function: definition }, { answers: reflect });
  const headers = { 'content-type': 'application/json' };
  return async (value) => {
    const init = { method: 'POST', headers, body: `{"v":${value}}` };
    return outcomeOf(await emulator.fetch(new Request('http://localhost/', init)));
  };
}

function queryAsker(stack: (typeof STACK_NAMES)[number], type: string): Ask {
  const definition: FunctionInput = { method: 'GET', query: { v: type } };
  const emulator = createEmulator({ stack, function: definition }, { answers: reflect });
  return async (value) =>
    outcomeOf(
      await emulator.fetch(new Request(`http://localhost/?v=${encodeURIComponent(value)}`)),
    );
}

// What real FastAPI made of odd values: the value that the function got, or the refusal.
describe.each([
  ['body', bodyAsker],
  ['query', queryAsker],
] as const)('a value in the %s', (where, createAsker) => {
  describe.each(readTypes(where))('as %s', (type, rows) => {
    test.each(STACK_NAMES)('%s', async (stack) => {
      const ask = createAsker(stack, type);
      const outcomes: [string, string][] = [];
      for (const { value } of rows) outcomes.push([value, await ask(value)]);
      expect(outcomes).toEqual(
        rows.map(({ value, old, later }) => [
          value,
          expand(stack === 'fastapi-0.92' ? old : later),
        ]),
      );
    });
  });
});
