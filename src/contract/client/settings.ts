import { PROMPT_KEY } from '../prompt.ts';
import { addHeaders } from './headers.ts';
import { type Aim, checkOptions, type Mistake, refuse } from './refuse.ts';
import { type SignalAfter, signalAfter } from './signal-after.ts';
import type { FetchLike, PromptClientOptions, PromptMethod } from './types.ts';

/** Options in force. */
export interface Settings {
  readonly url: URL;
  readonly timeoutMs: number;
  readonly headers: Headers;
  /** Null for the global one. */
  readonly fetch: FetchLike | null;
  readonly method: PromptMethod;
  readonly promptIn: 'body' | 'query';
  readonly promptKey: string;
  readonly answerKey: string | null;
  readonly redirectsMax: number;
  readonly answerMaxBytes: number;
  readonly signalAfter: SignalAfter;
}

const METHODS: readonly PromptMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const TIMEOUT_MS = 600_000;
/** What a timer can count to; more would end at once. */
const TIMEOUT_MAX_MS = 2 ** 31 - 1;
const REDIRECTS_MAX = 20;
const ANSWER_MAX_BYTES = 8 * 1024 * 1024;
const BYTES_LIMIT = 2 ** 30;

const NAMES = Object.keys({
  url: true,
  timeoutMs: true,
  modalKey: true,
  modalSecret: true,
  headers: true,
  fetch: true,
  method: true,
  promptIn: true,
  promptKey: true,
  answerKey: true,
  redirectsMax: true,
  answerMaxBytes: true,
  signalAfter: true,
} satisfies Readonly<Record<keyof PromptClientOptions, true>>);

const AIM: Aim = 'create a prompt client';

/**
 * Checks options and fills in the defaults.
 * @throws TypeError for one that is not valid, naming it
 */
export function readSettings(options: PromptClientOptions): Settings {
  checkOptions(AIM, options, NAMES);
  const method = options.method ?? 'POST';
  return {
    url: readUrl(options.url),
    timeoutMs: readTimeoutMs(AIM, options.timeoutMs ?? TIMEOUT_MS),
    headers: readHeaders(options),
    fetch: readFunction('fetch', options.fetch ?? null),
    method,
    promptIn: readPlace(method, options.promptIn ?? (method === 'GET' ? 'query' : 'body')),
    ...readKeys(options),
    redirectsMax: readWhole(
      { aim: AIM, name: 'redirectsMax', value: options.redirectsMax ?? REDIRECTS_MAX },
      [0, 1000],
    ),
    answerMaxBytes: readWhole(
      { aim: AIM, name: 'answerMaxBytes', value: options.answerMaxBytes ?? ANSWER_MAX_BYTES },
      [1, BYTES_LIMIT],
    ),
    signalAfter: readFunction('signalAfter', options.signalAfter ?? signalAfter),
  };
}

function readPlace(method: PromptMethod, promptIn: 'body' | 'query'): 'body' | 'query' {
  if (!METHODS.includes(method)) {
    refuseOption('method', method, [`it is none of ${METHODS.join(', ')}`, 'Give one of them.']);
  }
  if (promptIn !== 'body' && promptIn !== 'query') {
    refuseOption('promptIn', promptIn, ['it is neither body nor query', 'Give one of them.']);
  }
  if (method === 'GET' && promptIn === 'body') {
    refuseOption('promptIn', promptIn, [
      'a GET has no body',
      'Leave it out, or give another method.',
    ]);
  }
  return promptIn;
}

function readKeys({ promptKey = PROMPT_KEY, answerKey = PROMPT_KEY }: PromptClientOptions) {
  if (typeof promptKey !== 'string') {
    refuseOption('promptKey', promptKey, ['it is not a string', 'Give the name of the parameter.']);
  }
  if (typeof answerKey !== 'string' && answerKey !== null) {
    const hint = 'Give the key of the text, or null where the answer is the text.';
    refuseOption('answerKey', answerKey, ['it is neither a string nor null', hint]);
  }
  return { promptKey, answerKey };
}

function readFunction<T>(name: string, value: T): T {
  if (value === null || typeof value === 'function') return value;
  const hint = 'Give one, or leave it out for the default.';
  return refuseOption(name, value, ['it is not a function', hint]);
}

/**
 * Checks a time-out.
 * @throws TypeError for one that no timer can count to
 */
export function readTimeoutMs(aim: Aim, timeoutMs: number): number {
  return readWhole({ aim, name: 'timeoutMs', value: timeoutMs }, [1, TIMEOUT_MAX_MS]);
}

interface Given extends Pick<Mistake, 'aim' | 'name'> {
  readonly value: number;
}

function readWhole(given: Given, [min, max]: readonly [number, number]): number {
  const { value } = given;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const reason = `it is not a whole number from ${min} to ${max}`;
  return refuse({ ...given, reason, hint: 'Give one, or leave it out for the default.' });
}

function readUrl(given: string | URL): URL {
  const shown = String(given)
    .replace(/\/\/[^/]*@/, '//***@')
    .replace(/[?#].*$/s, '');
  if (!URL.canParse(given)) {
    refuseOption('url', shown, [
      'it is no URL',
      'Give the whole one: https://you--app-web.modal.run/',
    ]);
  }
  const url = new URL(given);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuseOption('url', shown, [
      'it is neither https nor http',
      'Give the URL that "modal deploy" prints.',
    ]);
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Take it out; give modalKey and modalSecret, or headers.';
    refuseOption('url', shown, [
      'it has a user name or a password, which fetch does not send',
      hint,
    ]);
  }
  return url;
}

function readHeaders({ headers = {}, modalKey, modalSecret }: PromptClientOptions): Headers {
  const read = addHeaders(new Headers(), headers);
  if (modalKey === undefined && modalSecret === undefined) return read;
  // The values are credentials, so that no message shows them.
  if (
    modalKey === undefined ||
    modalKey === '' ||
    modalSecret === undefined ||
    modalSecret === ''
  ) {
    const missing = modalKey === undefined || modalKey === '' ? 'modalKey' : 'modalSecret';
    throw new TypeError(
      `Failed to create a prompt client: "${missing}" is missing or empty, and a proxy token is ` +
        'both of modalKey and modalSecret. Give both, or none.',
    );
  }
  return addHeaders(read, { 'Modal-Key': modalKey, 'Modal-Secret': modalSecret });
}

function refuseOption(
  name: string,
  value: unknown,
  [reason, hint]: readonly [string, string],
): never {
  refuse({ aim: AIM, name, value, reason, hint });
}
