import { z } from 'zod';
import {
  isProviderState,
  PROVIDER_STATE_NAMES,
  PROVIDER_STATES,
} from '../../contract/provider-states.ts';
import { didYouMean } from '../../contract/suggest.ts';
import { ProblemError, show } from './problem.ts';
import { defineRoute, type Route } from './route.ts';

const list = defineRoute({
  method: 'GET',
  path: '/provider-states',
  summary: 'The provider states of the contract, and which one is in force.',
  answer: ({ port }) => ({ state: port.providerState(), states: PROVIDER_STATES }),
});

/** What Pact's verifiers send; other keys, such as `consumer`, are theirs. */
const changeSchema = z.looseObject({
  action: z.enum(['setup', 'teardown']).default('setup'),
  state: z.string().nullish(),
  params: z.record(z.string(), z.json()).nullish(),
});

const change = defineRoute({
  method: 'POST',
  path: '/provider-states',
  summary:
    'Enter a provider state, as Pact asks for it: {"action": "setup", "state": "..."}; ' +
    '"teardown" leaves it.',
  body: changeSchema,
  answer({ body: { action, state }, port }) {
    // An interaction without a state is one with the state "".
    const name = state ?? '';
    if (name !== '' && !isProviderState(name)) throw unknownState(name);
    port.setProviderState(action === 'teardown' || name === '' ? null : name);
    return { state: port.providerState() };
  },
});

function unknownState(name: string): ProblemError {
  return new ProblemError(
    404,
    'unknown-provider-state',
    `Failed to enter provider state ${show(name)}: the contract has no such state.` +
      `${didYouMean(name, PROVIDER_STATE_NAMES)} GET /__admin/provider-states lists them.`,
  );
}

/** The routes about provider states, in the order of the index. */
export const PROVIDER_STATE_ROUTES: readonly Route[] = [list, change];
