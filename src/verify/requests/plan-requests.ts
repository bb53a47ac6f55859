import type { Field, JsonValue } from '../../contract/annotation.ts';
import { type ExampleRequest, exampleRequest } from '../../contract/example-request.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import { createRandom, type Random } from '../../scenarios/random.ts';
import { extraKeys, extraParameters } from './extra-keys.ts';
import { planRefused } from './plan-refused.ts';
import type { PlannedRequest, RequestName, RequestPlan } from './planned.ts';
import {
  escapedPrompt,
  longPrompt,
  nonAsciiPrompt,
  ordinaryPrompt,
  type Prompt,
} from './prompts.ts';

/** The request line of a server has a limit, and a space takes three bytes there. */
const QUERY_CHARS_MAX = 3000;

/** Decides what an endpoint is asked: everything follows from its shape and the seed. */
export function planRequests(definition: FunctionDefinition, seed: string): RequestPlan {
  const random = createRandom(seed).fork('verify');
  const isQuery = definition.parameters.kind === 'query';
  const good = (name: RequestName, prompt: Prompt): PlannedRequest => ({
    ...exampleRequest(definition, prompt.text),
    kind: 'request',
    name,
    prompt,
    wrongField: null,
    isEscaped: name !== 'non-ascii-prompt',
  });
  const extra = good('extra-keys', escapedPrompt(random.fork('extra-keys')));
  return {
    prompt: good('prompt', ordinaryPrompt(random.fork('prompt'))),
    'extra-keys': { ...extra, ...withExtras(extra, definition, random.fork('extras')) },
    'empty-prompt': good('empty-prompt', { text: '', nonce: '' }),
    'non-ascii-prompt': good('non-ascii-prompt', nonAsciiPrompt(random.fork('non-ascii-prompt'))),
    'long-prompt': good(
      'long-prompt',
      longPrompt(random.fork('long-prompt'), isQuery ? QUERY_CHARS_MAX : undefined),
    ),
    ...planRefused(definition, random),
  };
}

function withExtras(
  request: ExampleRequest,
  { parameters, promptField }: FunctionDefinition,
  random: Random,
): Pick<ExampleRequest, 'query' | 'body'> {
  const fields: readonly Field[] = parameters.kind === 'dict' ? [] : parameters.fields;
  const taken = new Set([promptField, ...fields.map(({ name }) => name)]);
  if (request.body === null) {
    return { query: [...(request.query ?? []), ...extraParameters(random, taken)], body: null };
  }
  const extras: Record<string, JsonValue> = Object.fromEntries(extraKeys(random, taken));
  return { query: request.query, body: { ...request.body, ...extras } };
}
