import type { JsonValue } from './annotation.ts';

/** The JSON of a request's body. */
export type ExampleBody = Readonly<Record<string, JsonValue>>;

/** A request that the contract speaks of, by name. */
export interface ContractExample {
  readonly name: string;
  /** What a consumer would call it; the description of the interaction in a pact. */
  readonly description: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The JSON of the body, an object; undefined for none. */
  readonly body?: ExampleBody;
  /** What the contract promises: an answer, or one of the failures of `failures.ts`. */
  readonly expects: 'answer' | 'validation-error' | 'method-not-allowed' | 'not-found';
}

/** An example whose request is a good one. */
export interface PromptExample extends ContractExample {
  readonly body: ExampleBody & { readonly prompt: string };
  readonly expects: 'answer';
}

const post = { method: 'POST', path: '/' } as const;

/** One key of every JSON type. */
export const EXTRA_KEYS = {
  string: 'text',
  integer: 7,
  number: 0.25,
  true: true,
  false: false,
  null: null,
  array: ['one', 2, null],
  object: { nested: { deeper: [1.5] } },
} as const;

/** Scripts of one, two, three and four bytes a character, marks that combine, and every escape. */
export const NON_ASCII_PROMPT =
  'Grüße, Ωmega — 世界 😀👩‍🚀, cafe\u0301 and café, "quoted" \\ back / slash\ttab\r\nnext line.';

/** Longer than one packet, and than what a careless client cuts. */
export const LONG_PROMPT = 'Why is the sky blue? '.repeat(500).trimEnd();

/** Good requests: an endpoint that keeps the contract answers each of them. */
export const PROMPT_EXAMPLES = {
  prompt: { description: 'a prompt', body: { prompt: 'Why is the sky blue?' } },
  'extra-keys': {
    description: 'a prompt with extra keys of every JSON type',
    body: { prompt: 'Why is the sky blue?', ...EXTRA_KEYS },
  },
  'empty-prompt': { description: 'an empty prompt', body: { prompt: '' } },
  'long-prompt': { description: 'a long prompt', body: { prompt: LONG_PROMPT } },
  'non-ascii-prompt': { description: 'a non-ASCII prompt', body: { prompt: NON_ASCII_PROMPT } },
} as const satisfies Record<string, Pick<PromptExample, 'description' | 'body'>>;

/** Requests that FastAPI refuses before the function sees them. */
export const REFUSED_EXAMPLES = {
  'missing-prompt': {
    ...post,
    description: 'a request without a prompt',
    body: { question: 'Why is the sky blue?', temperature: 0.5 },
    expects: 'validation-error',
  },
  // An object: Pydantic 1 makes strings of numbers.
  'wrong-prompt': {
    ...post,
    description: 'a prompt that is an object',
    body: { prompt: { text: 'Why is the sky blue?' } },
    expects: 'validation-error',
  },
  'wrong-method': {
    method: 'GET',
    path: '/',
    query: { prompt: 'Why is the sky blue?' },
    description: 'a prompt by GET',
    expects: 'method-not-allowed',
  },
  'unknown-path': {
    ...post,
    path: '/no-such-path',
    description: 'a prompt to another path',
    body: { prompt: 'Why is the sky blue?' },
    expects: 'not-found',
  },
} as const satisfies Record<string, Omit<ContractExample, 'name'>>;

/** The name of an example. */
export type ExampleName = keyof typeof PROMPT_EXAMPLES | keyof typeof REFUSED_EXAMPLES;

/** Every example of the contract, the good ones first. */
export const CONTRACT_EXAMPLES: readonly ContractExample[] = [
  ...Object.entries(PROMPT_EXAMPLES).map(
    ([name, example]): PromptExample => ({ name, ...post, ...example, expects: 'answer' }),
  ),
  ...Object.entries(REFUSED_EXAMPLES).map(
    ([name, example]): ContractExample => ({
      name,
      ...example,
    }),
  ),
];
