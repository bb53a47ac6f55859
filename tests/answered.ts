import { diagnose } from '../src/emulator/diagnosis/diagnose.ts';
import type { Effect, FaultedExchange } from '../src/scenarios/effect.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import type { HeaderList, Outcome, Reply } from '../src/scenarios/outcome.ts';
import { createRandom } from '../src/scenarios/random.ts';

/** A request, as far as it matters to a fault, and what the function would answer. */
export interface Ask {
  readonly prompt?: string | null;
  /** The text of the function's answer; the prompt and a completion, unless given. */
  readonly text?: string;
  /** Where the text stands; null for a bare string, undefined for no plain answer. */
  readonly key?: string | null | undefined;
  readonly seed?: string;
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nowMs?: number;
  readonly signal?: AbortSignal;
  /** In place of the plain answer. */
  readonly instead?: Outcome | Promise<Outcome>;
}

/** What came of it. */
export interface Answered {
  readonly outcome: Outcome;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string | Uint8Array;
  readonly notes: readonly string[];
  readonly wasAsked: boolean;
  /** The exception that LangChain's class raises, or "fine". */
  readonly langchain: string;
}

/** The function's own answer, byte by byte as FastAPI writes it. */
export function plainReply(text: string, key: string | null = 'prompt'): Reply {
  const json = JSON.stringify(text);
  const body = key === null ? json : `{${JSON.stringify(key)}:${json}}`;
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

/** Makes the effect of a fault, from options as a user writes them. */
export function effectOf(fault: Fault, written: Readonly<Record<string, unknown>> = {}): Effect {
  return fault.effect(fault.options.parse(written));
}

/** Lets an effect meet one request. */
export async function ask(effect: Effect, given: Ask = {}): Promise<Answered> {
  const { prompt = 'Why?', text = `${prompt ?? ''} Because.`, headers = {} } = given;
  const key = 'key' in given ? given.key : 'prompt';
  const notes: string[] = [];
  let wasAsked = false;
  const exchange: FaultedExchange = {
    method: given.method ?? 'POST',
    target: given.target ?? '/',
    header: (name) => headers[name] ?? null,
    body: new TextEncoder().encode(JSON.stringify({ prompt })),
    prompt,
    answerKey: key,
    clock: { now: () => given.nowMs ?? 0, sleep: async () => undefined },
    random: createRandom(given.seed ?? 'answered'),
    point: { requests: 0, elapsedMs: 0 },
    signal: given.signal ?? new AbortController().signal,
    note: (note) => notes.push(note),
  };
  const outcome = await effect(exchange, async () => {
    wasAsked = true;
    return given.instead ?? { kind: 'reply', reply: plainReply(text, key ?? null) };
  });
  const reply = outcome.kind === 'reply' ? outcome.reply : { status: 0, headers: [], body: '' };
  const body = typeof reply.body === 'string' || isBytes(reply.body) ? reply.body : '(a stream)';
  const { exception } = diagnose({ ...reply, body }, prompt ?? '');
  return { outcome, ...reply, body, notes, wasAsked, langchain: exception ?? 'fine' };
}

function isBytes(body: unknown): body is Uint8Array {
  return body instanceof Uint8Array;
}
