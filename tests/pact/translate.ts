import { MatchersV3, type PactV4 } from '@pact-foundation/pact';
import type { Template } from '../../src/contract/matching.ts';
import type { ContractInteraction, InteractionBody } from '../../src/contract/pact.ts';

const { atLeastLike, eachKeyMatches, like, regex } = MatchersV3;

/** A template in Pact's own matchers. */
export function toMatcher(template: Template): unknown {
  switch (template.kind) {
    case 'exactly':
      return template.value;
    case 'type':
      return like(template.example);
    case 'scalar':
      return regex('.+', String(template.example));
    case 'includes':
      return includesText(template.text, template.example);
    case 'each':
      return atLeastLike(toMatcher(template.item), 1);
    case 'object':
      return toMatchers(template.keys);
    case 'any-keys':
      // Pact has no "these keys and others" for requests: any key, and the types of those it knows.
      return eachKeyMatches(toMatchers(template.keys), [regex('.+', 'prompt')]);
    default:
      return template satisfies never;
  }
}

/**
 * Of a list or an object Pact looks into the JSON of it for the text, so that the type is needed
 * too. pact-js has no call for two rules; this is how Pact's engine takes them.
 */
function includesText(text: string, example: string): unknown {
  const rules = [{ 'pact:matcher:type': 'type' }, { 'pact:matcher:type': 'include', value: text }];
  return { 'pact:matcher:type': rules, value: example };
}

function toMatchers(keys: Readonly<Record<string, Template>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(keys).map(([key, one]) => [key, toMatcher(one)]));
}

type Unconfigured = ReturnType<PactV4['addInteraction']>;
type RequestBuilder = Parameters<NonNullable<Parameters<Unconfigured['withRequest']>[2]>>[0];
type WithRequest = ReturnType<Unconfigured['withRequest']>;
type ResponseBuilder = Parameters<NonNullable<Parameters<WithRequest['willRespondWith']>[1]>>[0];

/** Tells Pact of an interaction; `executeTest` of what comes back runs it. */
export function toPact(
  pact: PactV4,
  { description, states, request, response }: ContractInteraction,
) {
  let interaction = pact.addInteraction();
  for (const state of states) interaction = interaction.given(state);
  return interaction
    .uponReceiving(description)
    .withRequest(request.method, request.path, (builder) => {
      builder.query({ ...request.query }).headers({ ...request.headers });
      if (request.body !== null) addBody(builder, request.body);
    })
    .willRespondWith(response.status, (builder) => {
      builder.headers({ ...response.headers });
      addBody(builder, response.body);
    });
}

function addBody(builder: RequestBuilder | ResponseBuilder, body: InteractionBody): void {
  if (body.kind === 'json') builder.jsonBody(toMatcher(body.template));
  else addText(builder, body.text);
}

interface BodyTaker {
  withResponseBody(body: string, contentType: string): void;
}

/**
 * pact-js 17 has no text bodies for V4: `body` compares magic numbers only, and `jsonBody` says it
 * were JSON. What stands under the builder has them, where TypeScript hides it.
 */
function addText(builder: object, text: string): void {
  const { interaction } = builder as { readonly interaction: BodyTaker };
  interaction.withResponseBody(text, 'text/plain');
}
