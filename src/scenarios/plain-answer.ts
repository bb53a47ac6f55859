import { isStreamed, type Outcome, type Reply } from './outcome.ts';

/** The members of a JSON object, each value as its JSON. */
export type Members = readonly (readonly [name: string, json: string])[];

/** A plain answer, taken apart, so that a fault can put it together otherwise. */
export interface PlainAnswer {
  readonly reply: Reply;
  /** Key of the text; null for a bare string. */
  readonly key: string | null;
  readonly text: string;
  /** The whole body. */
  readonly json: string;
  /** All members, the text among them; empty for a bare string. */
  readonly members: Members;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Takes an answer apart; null for whatever is not the function's plain answer: an error, a stream,
 * a page, broken bytes, or what another fault has made of an answer before.
 */
export function readPlainAnswer(
  outcome: Outcome,
  key: string | null | undefined,
): PlainAnswer | null {
  if (outcome.kind !== 'reply' || key === undefined) return null;
  const { reply } = outcome;
  if (reply.status >= 300 || isStreamed(reply.body)) return null;
  const json = textOf(reply.body);
  const value = json === null ? undefined : parseJson(json);
  if (json === null || value === undefined) return null;
  if (key === null) {
    return typeof value === 'string' ? { reply, key, text: value, json, members: [] } : null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  const text: unknown = entries.find(([name]) => name === key)?.[1];
  if (typeof text !== 'string') return null;
  const members = entries.map(([name, one]) => [name, JSON.stringify(one)] as const);
  return { reply, key, text, json, members };
}

function textOf(body: string | Uint8Array): string | null {
  if (typeof body === 'string') return body;
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Writes an object as FastAPI does: compact, non-ASCII raw. It is Python's own text for strings,
 * and so for `{"<key>": text}`; of numbers, JavaScript does not keep apart `1` and `1.0`.
 */
export function writeMembers(members: Members): string {
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

/** The answer with other JSON where its text stood; a bare string is that JSON alone. */
export function writeValue({ key, members }: PlainAnswer, json: string): string {
  if (key === null) return json;
  return writeMembers(members.map(([name, old]) => [name, name === key ? json : old]));
}

/** The answer with another text. */
export function writeText(answer: PlainAnswer, text: string): string {
  return writeValue(answer, JSON.stringify(text));
}
