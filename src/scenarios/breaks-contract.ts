import { NON_ASCII_PROMPT } from '../contract/examples.ts';
import { answerTextSchema, PROMPT_KEY } from '../contract/prompt.ts';
import type { Clock } from './clock.ts';
import type { FaultedExchange } from './effect.ts';
import type { Fault } from './fault.ts';
import { isStreamed, type Reply } from './outcome.ts';
import { createRandom } from './random.ts';

/** Time that is over at once: what matters here is the answer, not when it comes. */
const INSTANT: Clock = { now: () => 0, sleep: async () => undefined };

/**
 * Whether the example of a fault makes of a good answer something that the contract's schema does
 * not take, for an endpoint whose text stands under `key` (null: a bare string). Read as `fetch`
 * and `JSON.parse` do. Null where the fault leaves HTTP, so that no schema can say.
 */
export async function breaksContract(
  fault: Fault,
  key: string | null = PROMPT_KEY,
): Promise<boolean | null> {
  const text = JSON.stringify(`${NON_ASCII_PROMPT} And so on.`);
  const good: Reply = {
    status: 200,
    headers: [['content-type', 'application/json']],
    body: key === null ? text : `{${JSON.stringify(key)}:${text}}`,
  };
  const effect = fault.effect(fault.options.parse(fault.example));
  const outcome = await effect(exampleExchange(key), async () => ({ kind: 'reply', reply: good }));
  if (outcome.kind !== 'reply') return null;
  return !isAnswer(outcome.reply.status, await bodyText(outcome.reply), key);
}

function exampleExchange(answerKey: string | null): FaultedExchange {
  return {
    method: 'POST',
    target: '/',
    header: () => null,
    body: new TextEncoder().encode(JSON.stringify({ prompt: NON_ASCII_PROMPT })),
    prompt: NON_ASCII_PROMPT,
    answerKey,
    clock: INSTANT,
    random: createRandom('example'),
    point: { requests: 0, elapsedMs: 0 },
    signal: new AbortController().signal,
  };
}

function isAnswer(status: number, text: string, key: string | null): boolean {
  if (status < 200 || status >= 300) return false;
  try {
    return answerTextSchema(key).safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

async function bodyText({ body }: Reply): Promise<string> {
  if (typeof body === 'string') return body.replace(/^\ufeff/, '');
  if (!isStreamed(body)) return new TextDecoder().decode(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}
