import type { ContractExample, ExampleBody } from './examples.ts';
import { FUNCTION_FAILURES, httpExceptionSchema, validationErrorSchema } from './failures.ts';
import { type Template, templateOf } from './matching.ts';
import { PROMPT_KEY, promptAnswerSchema } from './prompt.ts';
import type { ProviderStateName } from './provider-states.ts';

/** A body: JSON of which parts may differ, or a text that may not. */
export type InteractionBody =
  | { readonly kind: 'json'; readonly template: Template }
  | { readonly kind: 'text'; readonly text: string };

/** An interaction between a consumer and the endpoint, as Pact knows it, but as plain data. */
export interface ContractInteraction {
  /** With the states it is the name of the interaction: no consumer may have two of the same. */
  readonly description: string;
  readonly states: readonly ProviderStateName[];
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: InteractionBody | null;
  };
  readonly response: InteractionResponse;
}

/** What the endpoint answers in an interaction. */
export interface InteractionResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: InteractionBody;
}

/** The name that the endpoint has in every pact. */
export const PROVIDER_NAME = 'modal-llm-endpoint';

/** What a consumer makes of the contract. */
export interface ConsumerNeeds {
  /** Whether it takes an answer only with the prompt in it, as LangChain's class does. */
  readonly needsEcho: boolean;
  /** Whether what it sends may change without a change of the contract: other keys, other texts. */
  readonly sendsExactly: boolean;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' } as const;

/** What an endpoint may answer. */
const COMPLETION = 'Because blue light is scattered more than red light.';

/** An answer that repeats the prompt. */
export function echoExample(prompt: string): string {
  return `${prompt} ${COMPLETION}`;
}

/** What an example of the contract is for a consumer. */
export function interactionOf(example: ContractExample, needs: ConsumerNeeds): ContractInteraction {
  const { description } = example;
  return {
    description,
    states: [],
    request: requestOf(example, needs),
    response: responseTo(example, needs),
  };
}

/** What an example is for a consumer when the endpoint is in a state. */
export function interactionInState(
  example: ContractExample,
  state: ProviderStateName,
  needs: ConsumerNeeds,
): ContractInteraction {
  const response = RESPONSES_BY_STATE[state](promptOf(example));
  return { ...interactionOf(example, needs), states: [state], response };
}

function requestOf(
  { method, path, query = {}, body }: ContractExample,
  { sendsExactly }: ConsumerNeeds,
): ContractInteraction['request'] {
  if (body === undefined) return { method, path, query, headers: {}, body: null };
  const template: Template = sendsExactly
    ? { kind: 'exactly', value: body }
    : { kind: 'any-keys', keys: typesOf(body) };
  return { method, path, query, headers: JSON_HEADERS, body: { kind: 'json', template } };
}

function typesOf(body: ExampleBody): Readonly<Record<string, Template>> {
  return Object.fromEntries(
    Object.entries(body).map(([key, example]): [string, Template] => [
      key,
      { kind: 'type', example },
    ]),
  );
}

function responseTo(example: ContractExample, { needsEcho }: ConsumerNeeds): InteractionResponse {
  switch (example.expects) {
    case 'answer':
      return needsEcho
        ? json(200, echoOf(promptOf(example)))
        : json(200, templateOf(promptAnswerSchema, { [PROMPT_KEY]: COMPLETION }));
    case 'validation-error':
    case 'not-found':
      return failureOf(example.expects);
    case 'method-not-allowed': {
      const failure = failureOf(example.expects);
      return { ...failure, headers: { ...failure.headers, Allow: 'POST' } };
    }
    default:
      return example.expects satisfies never;
  }
}

function promptOf({ body }: ContractExample): string {
  const prompt = body?.[PROMPT_KEY];
  return typeof prompt === 'string' ? prompt : '';
}

/** No schema says that the answer repeats the prompt, and Pact cannot relate the two: a literal. */
function echoOf(prompt: string): Template {
  const template: Template = { kind: 'includes', text: prompt, example: echoExample(prompt) };
  return { kind: 'object', keys: { [PROMPT_KEY]: template } };
}

type FailureName = (typeof FUNCTION_FAILURES)[number]['name'];

function failureOf(name: FailureName): InteractionResponse {
  const failure = FUNCTION_FAILURES.find((one) => one.name === name);
  if (failure === undefined) throw new Error(`the contract has no failure "${name}"`);
  const { status, contentType, example } = failure;
  const headers = { 'Content-Type': contentType };
  if (typeof example === 'string')
    return { status, headers, body: { kind: 'text', text: example } };
  const schema = name === 'validation-error' ? validationErrorSchema : httpExceptionSchema;
  return json(status, templateOf(schema, example));
}

function json(status: number, template: Template): InteractionResponse {
  return { status, headers: JSON_HEADERS, body: { kind: 'json', template } };
}

/** What a state is about, is what the endpoint answers in it. */
const RESPONSES_BY_STATE: Readonly<
  Record<ProviderStateName, (prompt: string) => InteractionResponse>
> = {
  'the answer repeats the prompt': (prompt) => json(200, echoOf(prompt)),
  'the answer is "hello world"': () =>
    json(200, {
      kind: 'object',
      keys: { [PROMPT_KEY]: { kind: 'exactly', value: 'hello world' } },
    }),
  'the answer stands under "response"': () =>
    json(200, { kind: 'object', keys: { response: { kind: 'type', example: COMPLETION } } }),
  'the answer is a bare string': () => json(200, { kind: 'type', example: COMPLETION }),
  'the function raises an exception': () => failureOf('internal-error'),
  'the function raises HTTPException 503': () =>
    json(503, templateOf(httpExceptionSchema, { detail: 'The model is loading.' })),
};
