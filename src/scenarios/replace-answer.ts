import type { Effect, FaultedExchange } from './effect.ts';
import type { HeaderList, Reply } from './outcome.ts';

/**
 * An effect of a function that did its work and then failed: its answer is replaced. A request that
 * the framework refused before (404, 405, 422), or answered by itself, keeps what it got, since
 * there was no function to fail.
 */
export function replaceAnswer(
  make: (exchange: FaultedExchange, replaced: Reply) => Reply | string,
): Effect {
  return async (exchange, next) => {
    const outcome = await next();
    const isAnswer =
      outcome.kind === 'reply' && outcome.reply.status < 400 && exchange.method !== 'OPTIONS';
    const made = isAnswer ? make(exchange, outcome.reply) : 'the function gave no answer';
    if (typeof made !== 'string') return { kind: 'reply', reply: made };
    exchange.note?.(`left as it was: ${made}`);
    return outcome;
  };
}

/** The headers that Starlette's CORS middleware has added, which it adds to errors, too. */
export function corsHeaders({ headers }: Reply): HeaderList {
  return headers.filter(([name]) => /^(?:access-control-.*|vary)$/i.test(name));
}
