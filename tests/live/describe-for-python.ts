import { describeFunction } from '../../src/contract/describe-function.ts';
import { functionSchema } from '../../src/contract/function.ts';
import { answerSchema } from '../../src/emulator/answers/options.ts';
import type { LiveDefinition } from './live-endpoint.ts';

/** A definition with every default filled in, as `endpoint/source.py` reads it. */
export function describeForPython({
  function: input = {},
  answer = 'hello',
  reflects,
}: LiveDefinition) {
  const definition = functionSchema.parse(input);
  const { handler } = definition;
  if (handler.kind === 'stream' && handler.events === undefined) {
    throw new Error('Failed to serve a stream: it has no events. Give the literal ones.');
  }
  const described = describeFunction(definition);
  return { ...described, answer: answerSchema.parse(answer), reflects: reflects ?? false };
}
