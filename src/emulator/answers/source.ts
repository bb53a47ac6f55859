import type { Clock } from '../../scenarios/clock.ts';
import type { Random } from '../../scenarios/random.ts';
import type { PyDict } from '../python/value.ts';

/** What the function asks its answer source: the validated request. */
export interface Question {
  readonly prompt: string;
  /** Every validated parameter, the prompt included, with defaults filled in. */
  readonly parameters: PyDict;
}

/** What an answer source may use beside the question. */
export interface AnswerContext {
  readonly clock: Clock;
  /** Chance for one question, decided by the seed and the question, never by the order of arrival. */
  randomFor(question: Question): Random;
}

/**
 * Produces the text of an answer. A source that needs nothing awaited answers at once: the common
 * exchange then never waits for a promise.
 */
export interface AnswerSource {
  readonly name: string;
  readonly summary: string;
  /**
   * True when the answer needs the prompt. Where the function takes a bare dict without a prompt,
   * user code reading `item["prompt"]` would raise KeyError, and so does the emulator.
   */
  readonly needsPrompt: boolean;
  answer(question: Question, context: AnswerContext): string | Promise<string>;
  /** Starts over, for a source that counts. */
  reset?(): void;
}

/**
 * A source that has no answer: user code would raise here, so the function crashes with status 500
 * and the message goes to the log.
 */
export class AnswerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AnswerError';
  }
}
