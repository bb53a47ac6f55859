import { createAsk } from './client/ask.ts';
import { PromptError } from './client/failure.ts';
import { readSettings } from './client/settings.ts';
import type { PromptClient, PromptClientOptions } from './client/types.ts';

export type { JsonValue } from './annotation.ts';
export {
  type AbortedFailure,
  type NetworkFailure,
  type NotJsonFailure,
  type NotJsonReason,
  PromptError,
  type PromptFailure,
  type RedirectFailure,
  type RedirectReason,
  type ShapeIssue,
  type StatusFailure,
  type TimeoutFailure,
  type TooLargeFailure,
  type TooLargeReason,
  type ValidationIssue,
  type WrongShapeFailure,
} from './client/failure.ts';
export type {
  AskOptions,
  FetchLike,
  PromptClient,
  PromptClientOptions,
  PromptMethod,
  PromptResult,
  PromptSuccess,
} from './client/types.ts';
export type { EdgeFailure } from './edge-failures.ts';

/**
 * Creates a client of an endpoint that keeps the contract. Nothing is sent before the first prompt.
 * @throws TypeError for an option that is not valid, naming it
 */
export function createPromptClient(options: PromptClientOptions): PromptClient {
  // In a closure, and on no property: whoever prints the client prints no credentials.
  const ask = createAsk(readSettings(options));
  return {
    ask,
    async complete(prompt, askOptions) {
      const result = await ask(prompt, askOptions);
      if (!result.ok) throw new PromptError(result.failure);
      return result.text;
    },
  };
}
