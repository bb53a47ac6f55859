import { takesText } from '../contract/example-request.ts';
import type { FunctionDefinition } from '../contract/function.ts';
import { UsageError } from '../emulator/usage-error.ts';

/**
 * Takes a definition that an endpoint can be held to.
 * @throws UsageError for a function that is described to stream, refuse or crash, and for one to
 *   which no prompt can be sent
 */
export function checkDefinition(definition: FunctionDefinition): FunctionDefinition {
  const { handler, parameters, promptField } = definition;
  const { kind } = handler;
  if (kind !== 'answer') {
    throw new UsageError(
      'not-verifiable',
      `Failed to verify the function: its handler is "${kind}", and only one that answers keeps ` +
        'the contract. Describe it with a handler of kind "answer".',
    );
  }
  if (parameters.kind === 'dict') return definition;
  const field = parameters.fields.find(({ name }) => name === promptField);
  if (field !== undefined && takesText(field.type)) return definition;
  throw new UsageError(
    'no-prompt',
    `Failed to verify the function: its parameter "${promptField}" takes no text, so that nothing ` +
      'can be asked. Name the one that holds the prompt: "promptField".',
  );
}
