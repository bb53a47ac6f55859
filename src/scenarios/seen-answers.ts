import { digestText } from './digest.ts';
import type { Effect } from './effect.ts';
import { createMemory } from './memory.ts';
import { readPlainAnswer } from './plain-answer.ts';
import type { Random } from './random.ts';

/** The texts that were answered, by prompt, the last 64 of them. */
export interface SeenAnswers {
  add(prompt: string, text: string): void;
  find(prompt: string): string | undefined;
  /** The text for another prompt than this; which one, the stream decides, not their order. */
  drawOther(prompt: string, random: Random): string | null;
  /** Lets an exchange pass, and adds what it was answered. */
  readonly watch: Effect;
}

/** What is kept of all that passes. */
export interface SeenOptions {
  /** One answer for all prompts together. */
  readonly isShared: boolean;
  /** Whether the first answer stays, or the next one takes its place. */
  readonly keepsFirst: boolean;
}

const LAST_OF_EACH: SeenOptions = { isShared: false, keepsFirst: false };

/** Creates a memory without answers. */
export function createSeenAnswers(options: SeenOptions = LAST_OF_EACH): SeenAnswers {
  const texts = createMemory<string>();
  const keyOf = (prompt: string) => (options.isShared ? '' : digestText(prompt));

  const add = (prompt: string, text: string) => {
    const key = keyOf(prompt);
    if (options.keepsFirst && texts.get(key) !== undefined) return;
    texts.set(key, text, text.length);
  };

  return {
    add,
    find: (prompt) => texts.get(keyOf(prompt)),
    drawOther(prompt, random) {
      const own = keyOf(prompt);
      let drawn: { readonly text: string; readonly rank: number } | null = null;
      for (const [key, text] of texts.entries()) {
        if (key === own) continue;
        const rank = random.fork(key).next();
        if (drawn === null || rank < drawn.rank) drawn = { text, rank };
      }
      return drawn?.text ?? null;
    },
    watch: async (exchange, next) => {
      const outcome = await next();
      const answer = readPlainAnswer(outcome, exchange.answerKey);
      if (answer !== null && exchange.prompt !== null) add(exchange.prompt, answer.text);
      return outcome;
    },
  };
}
