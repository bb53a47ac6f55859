import { describe, expect, test } from 'vitest';
import {
  createPromptClient,
  type PromptClientOptions,
  type PromptResult,
} from '../../../src/contract/client.ts';
import {
  CONTRACT_EXAMPLES,
  type ContractExample,
  type ExampleBody,
} from '../../../src/contract/examples.ts';
import {
  type ConsumerNeeds,
  interactionInState,
  interactionOf,
} from '../../../src/contract/pact.ts';
import type { ProviderStateName } from '../../../src/contract/provider-states.ts';
import { record } from '../record.ts';

/** Any text will do, and it says which of its keys it will send on another day. */
const NEEDS: ConsumerNeeds = { needsEcho: false, sendsExactly: false };

/** What the client has to be told so that it sends an example, and what it then makes of it. */
interface Way {
  readonly path?: string;
  readonly options?: Omit<PromptClientOptions, 'url' | 'fetch'>;
  /** What the types of the client keep one from sending. */
  readonly bodyInstead?: ExampleBody;
  readonly result: object;
}

const A_TEXT = { ok: true, status: 200, text: expect.stringMatching(/./) };

const refused = (status: number, more: object = {}) => ({
  ok: false,
  failure: { kind: 'status', status, ...more },
});

const WAYS: Readonly<Record<string, Way>> = {
  'missing-prompt': {
    options: { promptKey: 'question' },
    result: refused(422, { validation: [{ loc: ['body'] }] }),
  },
  'wrong-prompt': {
    bodyInstead: { prompt: { text: 'Why is the sky blue?' } },
    result: refused(422, { validation: [{ loc: ['body'] }] }),
  },
  'wrong-method': {
    options: { method: 'GET' },
    result: refused(405, { detail: 'Method Not Allowed' }),
  },
  'unknown-path': { path: 'no-such-path', result: refused(404, { detail: 'Not Found' }) },
};

/** What the client sent. */
interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly contentType: string | null;
  readonly body: string;
}

/** The client against Pact's mock server, and what went to it, which Pact does not tell. */
async function ask(url: string, { body = {}, query = {} }: ContractExample, way: Partial<Way>) {
  const sent: Sent[] = [];
  const client = createPromptClient({
    url: new URL(way.path ?? '', url),
    ...way.options,
    fetch: async (request) => {
      const asked =
        way.bodyInstead === undefined
          ? request
          : new Request(request, { body: JSON.stringify(way.bodyInstead) });
      sent.push({
        method: asked.method,
        url: new URL(asked.url),
        contentType: asked.headers.get('content-type'),
        body: await asked.clone().text(),
      });
      return fetch(asked);
    },
  });
  const promptKey = way.options?.promptKey ?? 'prompt';
  const { [promptKey]: prompt, ...extra } = { ...query, ...body };
  const result = await client.ask(typeof prompt === 'string' ? prompt : '', { extra });
  return { result, sent };
}

function expectSent(sent: readonly Sent[], { method, path, query = {}, body }: ContractExample) {
  expect(sent).toHaveLength(1);
  const [request] = sent;
  expect(request?.method).toBe(method);
  expect(request?.url.pathname).toBe(path);
  expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual(query);
  // Pact cannot say that a key must be there beside others that may be.
  if (body === undefined) return;
  expect(request?.contentType).toBe('application/json');
  expect(JSON.parse(request?.body ?? '')).toEqual(body);
}

describe('the prompt client', () => {
  test.each(CONTRACT_EXAMPLES)('$description', async (example) => {
    const way = WAYS[example.name] ?? { result: A_TEXT };
    await record('prompt-client', interactionOf(example, NEEDS), async (url) => {
      const { result, sent } = await ask(url, example, way);
      expect(result).toMatchObject(way.result);
      expectSent(sent, example);
    });
  });
});

/** What comes of a prompt in every state. */
const BY_STATE: Readonly<Record<ProviderStateName, Way>> = {
  'the answer repeats the prompt': { result: { ...A_TEXT, repeatsPrompt: true } },
  'the answer is "hello world"': {
    result: { ok: true, text: 'hello world', repeatsPrompt: false },
  },
  'the answer stands under "response"': { options: { answerKey: 'response' }, result: A_TEXT },
  'the answer is a bare string': { options: { answerKey: null }, result: A_TEXT },
  'the function raises an exception': {
    result: refused(500, { body: 'Internal Server Error', detail: undefined, validation: null }),
  },
  'the function raises HTTPException 503': {
    result: refused(503, { detail: 'The model is loading.' }),
  },
};

describe('the prompt client, when', () => {
  const example = CONTRACT_EXAMPLES.find(({ name }) => name === 'prompt');
  if (example === undefined) throw new Error('the contract has no example "prompt"');

  // Sound: the keys of the table are checked above.
  test.each(Object.keys(BY_STATE) as ProviderStateName[])('%s', async (state) => {
    const interaction = interactionInState(example, state, NEEDS);
    await record('prompt-client-with-states', interaction, async (url) => {
      const { result, sent } = await ask(url, example, BY_STATE[state]);
      expect(result satisfies PromptResult).toMatchObject(BY_STATE[state].result);
      expectSent(sent, example);
    });
  });
});
