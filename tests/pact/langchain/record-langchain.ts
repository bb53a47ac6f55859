import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConsumerNeeds,
  interactionInState,
  interactionOf,
} from '../../../src/contract/pact.ts';
import type { ProviderStateName } from '../../../src/contract/provider-states.ts';
import { type ConsumerName, consumerNamed } from '../files.ts';
import { record } from '../record.ts';
import { LANGCHAIN_EXAMPLES, PLAIN_CALL } from './calls.ts';
import { type PythonClient, startPythonClient } from './python-client.ts';
import { pythonFor } from './pythons.ts';

/** It takes an answer only with the prompt in it; a body that differs in a key is another one. */
const NEEDS: ConsumerNeeds = { needsEcho: true, sendsExactly: true };

const raises = (exception: string, message: string) => ({
  exception,
  message: expect.stringContaining(message),
});

/** What the class makes of the answer in every state. */
const BY_STATE: Readonly<Record<ProviderStateName, object>> = {
  'the answer repeats the prompt': { ok: PLAIN_CALL.returns },
  'the answer is "hello world"': raises('UnboundLocalError', 'response_json'),
  'the answer stands under "response"': raises('KeyError', 'LangChain requires'),
  'the answer is a bare string': raises('TypeError', 'string indices must be integers'),
  'the function raises an exception': raises('requests.exceptions.JSONDecodeError', 'Expecting'),
  // The status is never looked at: it is the missing key that counts.
  'the function raises HTTPException 503': raises('KeyError', 'LangChain requires'),
};

/** Records what LangChain's real class needs of the endpoint. */
export function recordLangchain(
  consumer: ConsumerName,
  consumerWithStates: ConsumerName,
  { isConstructed }: { readonly isConstructed: boolean },
): void {
  let client: PythonClient | undefined;
  beforeAll(() => {
    client = startPythonClient(pythonFor(consumerNamed(consumer)), isConstructed);
  });
  afterAll(() => client?.close());

  describe(consumer, () => {
    test.each(LANGCHAIN_EXAMPLES)('$example.description', async ({ example, call, returns }) => {
      await record(consumer, interactionOf(example, NEEDS), async (url) => {
        expect(await client?.invoke(url, call)).toEqual({ ok: returns });
      });
    });
  });

  describe(`${consumer}, when`, () => {
    // Sound: the keys of the table are checked above.
    test.each(Object.keys(BY_STATE) as ProviderStateName[])('%s', async (state) => {
      const interaction = interactionInState(PLAIN_CALL.example, state, NEEDS);
      await record(consumerWithStates, interaction, async (url) => {
        expect(await client?.invoke(url, PLAIN_CALL.call)).toEqual(BY_STATE[state]);
      });
    });
  });
}
