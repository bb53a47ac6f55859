import {
  type ContractExample,
  EXTRA_KEYS,
  NON_ASCII_PROMPT,
} from '../../../src/contract/examples.ts';
import { echoExample } from '../../../src/contract/pact.ts';
import type { ModalCall } from './python-client.ts';

/** A call of the class and the request of the contract that has to come of it. */
export interface LangchainExample {
  readonly example: ContractExample;
  readonly call: ModalCall;
  /** What the class returns of the answer in the pact. */
  readonly returns: string;
}

const PROMPT = 'Why is the sky blue?';

interface Named {
  readonly description: string;
  readonly call: ModalCall;
  readonly returns?: string;
}

function exampleOf({ description, call, returns }: Named): LangchainExample {
  const { prompt, modelKwargs, arguments: given } = call;
  // The keys of the call over those of the model, and no stop words among them.
  const body = { prompt, ...modelKwargs, ...given };
  const name = description.replaceAll(' ', '-');
  return {
    example: { name, description, method: 'POST', path: '/', body, expects: 'answer' },
    call,
    // The whole answer, with the prompt at its beginning.
    returns: returns ?? echoExample(prompt),
  };
}

/** A prompt and nothing else. */
export const PLAIN_CALL: LangchainExample = exampleOf({
  description: 'a prompt',
  call: { prompt: PROMPT },
});

/** What users do with the class. */
export const LANGCHAIN_EXAMPLES: readonly LangchainExample[] = [
  PLAIN_CALL,
  exampleOf({
    description: 'a prompt with model_kwargs of every JSON type',
    call: { prompt: PROMPT, modelKwargs: EXTRA_KEYS },
  }),
  exampleOf({
    description: 'a prompt with arguments of the call',
    call: { prompt: PROMPT, arguments: { temperature: 0.5, max_new_tokens: 64 } },
  }),
  exampleOf({
    description: 'a prompt with arguments of the call over model_kwargs',
    call: {
      prompt: PROMPT,
      modelKwargs: { temperature: 0.1, top_p: 0.9 },
      arguments: { temperature: 0.7 },
    },
  }),
  exampleOf({
    description: 'a prompt with stop words',
    // They are for the class alone, which cuts the answer by them.
    call: { prompt: PROMPT, stop: [' is scattered', ' never there'] },
    returns: `${PROMPT} Because blue light`,
  }),
  exampleOf({ description: 'an empty prompt', call: { prompt: '' } }),
  exampleOf({ description: 'a non-ASCII prompt', call: { prompt: NON_ASCII_PROMPT } }),
];
