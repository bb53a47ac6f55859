import type { Intercept } from '../src/emulator/intercept.ts';
import type { Outcome, Wire, WireEnd, WireStep } from '../src/scenarios/outcome.ts';
import { latin1 } from '../src/scenarios/wire.ts';

/** A body of 19 bytes that LangChain's class is content with, asked "Why?". */
export const BODY = '{"prompt":"Why? B"}';

/** The head of an answer, as text. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** A head of 200 with some headers. */
export function ok(...headers: readonly string[]): string {
  return head('HTTP/1.1 200 OK', ...headers);
}

/** Steps from texts of bytes, and from numbers that are waits in milliseconds. */
export function steps(...parts: readonly (string | number)[]): WireStep[] {
  return parts.map((part) =>
    typeof part === 'number'
      ? { kind: 'wait', durationMs: part }
      : { kind: 'send', bytes: latin1(part) },
  );
}

/** A wire that was made of no reply. */
export function wireOutcome(
  parts: readonly (string | number)[],
  end: WireEnd = 'close',
): Extract<Outcome, { kind: 'wire' }> {
  const wire: Wire = { steps: steps(...parts), end };
  return { kind: 'wire', wire, reply: null };
}

/** What stands before the endpoint, changeable at any time; nothing at first. */
export function createInterceptor() {
  const now: { intercept: Intercept | null } = { intercept: null };
  let listeners: (() => void)[] = [];
  return {
    now,
    /** Resolves with the next exchange that arrives. */
    whenAsked: () => new Promise<void>((resolve) => listeners.push(resolve)),
    intercept: () => {
      // After the exchange was intercepted, and what hangs does.
      setImmediate((told: typeof listeners) => {
        for (const tell of told) tell();
      }, listeners);
      listeners = [];
      return now.intercept;
    },
    /** Every exchange from now on ends with this wire. */
    answerWith(parts: readonly (string | number)[], end: WireEnd = 'close', fault?: string) {
      now.intercept = async (exchange) => {
        exchange.fault = fault ?? null;
        return wireOutcome(parts, end);
      };
    },
  };
}

/** What a client of `fetch` met. */
export interface Met {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What could be read of the body; null where a Response has none. */
  readonly body?: string | null;
  /** Name, message, and code of the cause. */
  readonly error?: string;
}

/** Waits for an answer and reads it to its end. */
export async function meet(answer: Promise<Response>): Promise<Met> {
  let response: Response;
  try {
    response = await answer;
  } catch (error) {
    return { error: describeError(error) };
  }
  const { status, statusText } = response;
  const met = { status, statusText, headers: Object.fromEntries(response.headers) };
  if (response.body === null) return { ...met, body: null };
  let body = '';
  try {
    for await (const chunk of response.body) body += Buffer.from(chunk).toString('latin1');
    return { ...met, body };
  } catch (error) {
    return { ...met, body, error: describeError(error) };
  }
}

/** `TypeError fetch failed < SocketError other side closed UND_ERR_SOCKET`. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const told = `${error.name} ${error.message}`;
  if (!(cause instanceof Error)) return told;
  const code = 'code' in cause && cause.code !== undefined ? ` ${String(cause.code)}` : '';
  return `${told} < ${cause.name} ${cause.message}${code}`;
}
