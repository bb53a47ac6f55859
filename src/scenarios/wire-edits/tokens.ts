import type { Reply } from '../outcome.ts';
import { afterEvents, afterWords, type Place } from './places.ts';

/** True for a reply that is a stream of server-sent events. */
export function isEventStream(reply: Reply | null): boolean {
  const type = reply?.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return type !== undefined && /^text\/event-stream\b/i.test(type);
}

/** The place behind as many tokens: events where the reply is a stream of them, or else words. */
export function tokenPlace(reply: Reply | null, count: number): Place {
  return isEventStream(reply) ? afterEvents(count) : afterWords(count);
}

// An event with what ends it, or what there is of one.
const EVENT = /[\s\S]*?(?:\r\n\r\n|\n\n|\r\r)|[\s\S]+$/g;
// A word with the blanks before it, as a tokenizer would cut.
const WORD = /\s*\S+|\s+$/g;

/** The tokens of a text: put together, they are the text. */
export function tokensOf(text: string, reply: Reply | null): readonly string[] {
  return text.match(isEventStream(reply) ? EVENT : WORD) ?? [];
}
