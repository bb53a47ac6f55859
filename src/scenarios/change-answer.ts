import type { Effect, FaultedExchange } from './effect.ts';
import type { HeaderList, Reply } from './outcome.ts';
import { type PlainAnswer, readPlainAnswer } from './plain-answer.ts';

/** What becomes of an answer, or why it stays as it is. */
export type AnswerChange =
  | {
      readonly body: string | Uint8Array;
      /** In place of `application/json`; null for no such header. */
      readonly contentType?: string | null;
    }
  | { readonly unchanged: string };

/**
 * An effect that puts something else in the place of the function's plain answer. All other
 * answers go through untouched: refusals, streams, and what inner faults have broken already.
 */
export function changeAnswer(
  change: (answer: PlainAnswer, exchange: FaultedExchange) => AnswerChange,
): Effect {
  return async (exchange, next) => {
    const outcome = await next();
    const answer = readPlainAnswer(outcome, exchange.answerKey);
    if (answer === null) {
      exchange.note?.('left as it was: it is no plain answer of the function');
      return outcome;
    }
    const changed = change(answer, exchange);
    if ('unchanged' in changed) {
      exchange.note?.(`left as it was: ${changed.unchanged}`);
      return outcome;
    }
    const { body, contentType } = changed;
    if (body === answer.json && contentType === undefined) {
      exchange.note?.('left as it was: the change makes no difference to it');
      return outcome;
    }
    return { kind: 'reply', reply: withBody(answer.reply, body, contentType) };
  };
}

function withBody(
  { status, headers }: Reply,
  body: string | Uint8Array,
  contentType: string | null | undefined,
): Reply {
  return {
    status,
    headers: contentType === undefined ? headers : withContentType(headers, contentType),
    body,
  };
}

function withContentType(headers: HeaderList, contentType: string | null): HeaderList {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return contentType === null ? others : [['content-type', contentType], ...others];
}
