import type { FunctionDefinition } from '../../contract/function.ts';
import type { Reply } from '../../scenarios/outcome.ts';
import type { Call } from '../call.ts';
import type { PyDict } from '../python/value.ts';
import { createCors } from './cors.ts';
import { createFastReader } from './fast-path.ts';
import { createHandler, type Handled, type HandlerTools } from './handler.ts';
import { createParameterReader } from './parameters.ts';
import { INTERNAL_SERVER_ERROR } from './replies.ts';
import { createRouter } from './router.ts';
import type { Stack } from './stacks.ts';

const REFUSED = { prompt: null, text: null, isPromptOnly: false };

/** An answer of the endpoint, with what the journal and the diagnosis want to know of it. */
export interface Answered {
  readonly reply: Reply;
  /** The validated prompt; null when the request was refused. */
  readonly prompt: string | null;
  /** The text of a plain answer. */
  readonly text: string | null;
  /** True when the body is a JSON object with the prompt and nothing else, so no secret. */
  readonly isPromptOnly: boolean;
  /** What an Idempotency-Key made of it; left out where it made nothing. */
  readonly idempotency?: 'replayed' | 'conflict';
}

/**
 * The endpoint of one stack: what FastAPI, Starlette and Pydantic answer for a function described
 * by data. It knows nothing of faults, sockets and journals.
 * Source: facts/modal-endpoint.md sections 2 and 3, checklist 7 to 22.
 */
export function createFunction(
  definition: FunctionDefinition,
  stack: Stack,
  tools: Omit<HandlerTools, 'stack'>,
): (call: Call) => Answered | Promise<Answered> {
  const cors = createCors(stack);
  const route = createRouter(definition, stack);
  const readParameters = createParameterReader(definition, stack);
  const readFast = createFastReader(definition);
  const run = createHandler(definition, { ...tools, stack });

  // A crash passes Starlette's CORS middleware by: its bare 500 has no CORS headers.
  const decorate = (call: Call, reply: Reply) =>
    reply === INTERNAL_SERVER_ERROR ? reply : cors.decorate(call, reply);
  const refused = (call: Call, reply: Reply): Answered => ({
    reply: decorate(call, reply),
    ...REFUSED,
  });

  return (call) => {
    const preflight = cors.preflight(call);
    if (preflight !== null) return { reply: preflight, ...REFUSED };
    const routed = route(call);
    if (routed !== 'function') return refused(call, routed);
    const fast =
      call.header('content-type') === 'application/json' && readFast !== null
        ? readFast(call.body)
        : null;
    let values: PyDict;
    if (fast !== null) values = fast.values;
    else {
      const read = readParameters(call);
      if (read.kind === 'refused') return refused(call, read.reply);
      values = read.values;
    }
    const given = values.get(definition.promptField);
    const prompt = typeof given === 'string' ? given : null;
    const finish = ({ reply, text }: Handled): Answered => ({
      reply: decorate(call, reply),
      prompt,
      text,
      isPromptOnly: fast?.isPromptOnly ?? false,
    });
    const handled = run(values);
    return handled instanceof Promise ? handled.then(finish) : finish(handled);
  };
}
