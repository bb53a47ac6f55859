import { body, json, type Mutant, text } from './mutant.ts';

/** The key of the text is missing, or another. */
export const KEY_MUTANTS: readonly Mutant[] = [
  {
    name: 'key-missing',
    summary: 'answers an object without the key',
    expected: ['key-missing'],
    reply: json(() => ({ id: 7, object: 'completion' })),
  },
  {
    name: 'key-upper-case',
    summary: 'answers under "Prompt"',
    expected: ['key-case'],
    reply: json(({ prompt }) => ({ Prompt: prompt })),
  },
  {
    name: 'key-other',
    summary: 'answers under another well-known key',
    expected: ['key-other'],
    reply: json(({ prompt }, { random }) => {
      const keys = ['text', 'response', 'generated_text', 'completion', 'output'];
      return { [keys[random.fork('key').integer(0, keys.length - 1)] ?? 'text']: prompt };
    }),
  },
  {
    name: 'key-nested',
    summary: 'answers the object within another',
    expected: ['key-missing'],
    reply: json((value) => ({ data: value })),
  },
  {
    name: 'key-for-long-prompts-only',
    summary: 'answers under another key where the prompt is long',
    expected: ['key-other'],
    reply: json((value) => (value.prompt.length > 5000 ? { text: value.prompt } : value)),
  },
];

/** The text is no string, or the answer no object. */
export const TYPE_MUTANTS: readonly Mutant[] = [
  {
    name: 'value-null',
    summary: 'answers null',
    expected: ['value-null'],
    reply: text(() => null),
  },
  {
    name: 'value-true',
    summary: 'answers true',
    expected: ['value-boolean'],
    reply: text(() => true),
  },
  {
    name: 'value-number',
    summary: 'answers a number',
    expected: ['value-number'],
    reply: text((_text, { random }) => random.integer(-5, 5) / 2),
  },
  {
    name: 'value-list',
    summary: 'answers a list of completions',
    expected: ['value-list'],
    reply: text((whole) => [whole]),
  },
  {
    name: 'value-object',
    summary: 'answers an object with the text in it',
    expected: ['value-object'],
    reply: text((whole) => ({ text: whole })),
  },
  {
    name: 'root-string',
    summary: 'answers the bare string',
    expected: ['answer-not-object'],
    reply: json(({ prompt }) => prompt),
  },
  {
    name: 'root-list',
    summary: 'answers a list with the object in it',
    expected: ['answer-not-object'],
    reply: json((value) => [value]),
  },
  {
    name: 'root-null',
    summary: 'answers null, as a function without a return does',
    expected: ['answer-not-object'],
    reply: json(() => null),
  },
  {
    name: 'root-empty',
    summary: 'answers nothing at all',
    expected: ['body-empty'],
    reply: body(() => ''),
  },
];
