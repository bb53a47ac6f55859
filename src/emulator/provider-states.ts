import { describeFunction } from '../contract/describe-function.ts';
import type { FunctionInput } from '../contract/function.ts';
import type { ProviderStateName } from '../contract/provider-states.ts';
import type { EmulatorConfig, EmulatorInput } from './options.ts';

/** What a provider state changes of a configuration. */
interface StateChange {
  readonly handler?: FunctionInput['handler'];
  readonly answer?: EmulatorInput['answer'];
}

/** Every provider state of the contract as a configuration of the emulator. */
export const STATE_CHANGES: Readonly<Record<ProviderStateName, StateChange>> = {
  'the answer repeats the prompt': {
    handler: { kind: 'answer', key: 'prompt' },
    answer: { source: 'echo' },
  },
  'the answer is "hello world"': {
    handler: { kind: 'answer', key: 'prompt' },
    answer: { source: 'hello' },
  },
  'the answer stands under "response"': {
    handler: { kind: 'answer', key: 'response' },
    answer: { source: 'echo' },
  },
  'the answer is a bare string': {
    handler: { kind: 'answer', key: null },
    answer: { source: 'echo' },
  },
  'the function raises an exception': { handler: { kind: 'crash' } },
  'the function raises HTTPException 503': {
    handler: {
      kind: 'http-exception',
      status: 503,
      detail: 'The model is loading.',
      headers: { 'Retry-After': '2' },
    },
  },
};

/** The options of an emulator in a state: what the state says, and else what was configured. */
export function inputInState(
  input: EmulatorInput,
  config: EmulatorConfig,
  state: ProviderStateName,
): EmulatorInput {
  const { handler, answer } = STATE_CHANGES[state];
  const described = describeFunction(config.function);
  return {
    ...input,
    function: handler === undefined ? described : { ...described, handler },
    ...(answer === undefined ? {} : { answer }),
  };
}
