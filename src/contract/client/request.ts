import { addHeaders } from './headers.ts';
import { checkOptions, isMapping, kindOf, refuse } from './refuse.ts';
import type { Settings } from './settings.ts';
import type { AskOptions } from './types.ts';

/** A request before it is sent; unlike a `Request` it can be sent again. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;
}

const NAMES = Object.keys({
  extra: true,
  signal: true,
  timeoutMs: true,
  headers: true,
} satisfies Readonly<Record<keyof AskOptions, true>>);

type Extra = NonNullable<AskOptions['extra']>;

/**
 * Writes the request of a prompt.
 * @throws TypeError for what the request cannot say, naming it
 */
export function writeRequest(settings: Settings, prompt: string, options: AskOptions): Outgoing {
  const { method, promptKey, promptIn } = settings;
  checkOptions('ask', options, NAMES);
  const { extra = {} } = options;
  if (typeof prompt !== 'string') {
    throw new TypeError(`Failed to ask: the prompt is ${kindOf(prompt)}. Give a string.`);
  }
  checkParts(extra, options.signal);
  if (Object.hasOwn(extra, promptKey)) {
    throw new TypeError(
      `Failed to ask with extra key "${promptKey}": the prompt stands under it. ` +
        'Take it out of "extra".',
    );
  }
  const headers = addHeaders(new Headers(settings.headers), options.headers ?? {});
  const pairs = Object.entries({ [promptKey]: prompt, ...extra });
  if (promptIn === 'query') {
    return { url: writeQuery(settings.url, pairs), method, headers, body: null };
  }
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  return { url: settings.url, method, headers, body: writeBody(promptKey, prompt, extra) };
}

/** What TypeScript sees, and a program in JavaScript does not. */
function checkParts(extra: unknown, signal: unknown): void {
  if (!isMapping(extra)) {
    throw new TypeError(
      `Failed to ask: "extra" is ${kindOf(extra)}, not an object of keys and values. Give one.`,
    );
  }
  if (signal === undefined || signal === null) return;
  // By what it can do: it may come from another realm, or be somebody's own.
  if (typeof signal === 'object' && 'aborted' in signal && 'addEventListener' in signal) return;
  const hint = 'Give the "signal" of an AbortController.';
  refuse({ aim: 'ask', name: 'signal', value: signal, reason: 'it is no AbortSignal', hint });
}

/** The prompt first, whatever the other keys are called: an object would put numbers before it. */
function writeBody(promptKey: string, prompt: string, extra: Extra): string {
  const members = Object.entries({ ...extra })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `,${JSON.stringify(key)}:${writeJson(key, value)}`);
  return `{${JSON.stringify(promptKey)}:${JSON.stringify(prompt)}${members.join('')}}`;
}

function writeJson(key: string, value: unknown): string {
  try {
    const text: string | undefined = JSON.stringify(value, refuseLoss);
    if (text !== undefined) return text;
  } catch {
    // A circle, too deep a nesting, or what the replacer refused.
  }
  return refuseExtra(key, 'is not JSON', 'Give null, a boolean, a finite number, a string, a list');
}

/** What JSON.stringify would turn into null or nothing in silence. */
function refuseLoss(_key: string, value: unknown): unknown {
  const isLost =
    typeof value === 'function' ||
    typeof value === 'symbol' ||
    (typeof value === 'number' && !Number.isFinite(value));
  if (isLost) throw new TypeError('not JSON');
  return value;
}

function writeQuery(base: URL, pairs: readonly (readonly [string, unknown])[]): URL {
  const url = new URL(base);
  for (const [key, value] of pairs) {
    if (value === undefined) continue;
    url.searchParams.delete(key);
    for (const item of Array.isArray(value) ? value : [value]) {
      url.searchParams.append(key, writeScalar(key, item));
    }
  }
  return url;
}

function writeScalar(key: string, value: unknown): string {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return value;
    return refuseExtra(key, 'has half a character, which a URL cannot say', 'Send it in a body');
  }
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  return refuseExtra(key, 'cannot stand in a query', 'Give a string, a finite number, a boolean');
}

function refuseExtra(key: string, reason: string, hint: string): never {
  throw new TypeError(`Failed to ask with key "${key}": its value ${reason}. ${hint}.`);
}
