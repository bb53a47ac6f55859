/**
 * What an endpoint can be put into so that a consumer can record what it then does. Each is a
 * configuration of the emulator (src/emulator/provider-states.ts); a deployed endpoint cannot be put
 * into any of them, so that interactions with a state stand apart from the others.
 */
export const PROVIDER_STATES = {
  'the answer repeats the prompt': "What LangChain's Modal class needs: the prompt, then a text.",
  'the answer is "hello world"': "The dummy of LangChain's page, which does not repeat the prompt.",
  'the answer stands under "response"': 'An endpoint that calls its answer otherwise.',
  'the answer is a bare string': 'An endpoint that answers with a JSON string and no object.',
  'the function raises an exception': 'An exception that nobody handles.',
  'the function raises HTTPException 503': 'An error that the function answers on purpose.',
} as const;

/** The name of a provider state. */
export type ProviderStateName = keyof typeof PROVIDER_STATES;

/** All names, in the order of the table. */
export const PROVIDER_STATE_NAMES = Object.keys(PROVIDER_STATES) as readonly ProviderStateName[];

/** True for the name of a provider state. */
export function isProviderState(name: string): name is ProviderStateName {
  return Object.hasOwn(PROVIDER_STATES, name);
}
