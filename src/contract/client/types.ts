import type { JsonValue } from '../annotation.ts';
import type { PromptFailure } from './failure.ts';

/** Anything that answers requests: the global `fetch`, or `emulator.fetch`. */
export type FetchLike = (request: Request) => Promise<Response>;

/** The methods that a Modal web endpoint can have. */
export type PromptMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a client is made of; only `url` has to be given. */
export interface PromptClientOptions {
  readonly url: string | URL;
  /** For one answer, redirects and body included; 10 minutes, which a cold start fits into. */
  readonly timeoutMs?: number | undefined;
  /** The proxy token's id, `wk-...`; with `modalSecret`. */
  readonly modalKey?: string | undefined;
  /** The proxy token's secret, `ws-...`; with `modalKey`. */
  readonly modalSecret?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The global one, as it is when a prompt is sent. */
  readonly fetch?: FetchLike | undefined;
  /** POST. */
  readonly method?: PromptMethod | undefined;
  /** Where the prompt and the keys beside it stand: a JSON body, or for GET always the query. */
  readonly promptIn?: 'body' | 'query' | undefined;
  /** The key of the prompt in the request; "prompt". */
  readonly promptKey?: string | undefined;
  /** The key of the text in the answer, "prompt"; null for a bare JSON string. */
  readonly answerKey?: string | null | undefined;
  /** How many 303 are followed for one answer; 20, as browsers do: 50 minutes on Modal. */
  readonly redirectsMax?: number | undefined;
  /** 8 MiB. */
  readonly answerMaxBytes?: number | undefined;
  /** Makes a signal that aborts after a time; `AbortSignal.timeout`. Tests give virtual time. */
  readonly signalAfter?: ((durationMs: number) => AbortSignal) | undefined;
}

/** What goes with one prompt. */
export interface AskOptions {
  /** Keys beside the prompt; one that is undefined is left out. */
  readonly extra?: Readonly<Record<string, JsonValue | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's. */
  readonly timeoutMs?: number | undefined;
  /** Beside and before the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An answer that keeps the contract. */
export interface PromptSuccess {
  readonly ok: true;
  readonly text: string;
  /** The parsed JSON, with every key beside the text. */
  readonly answer: unknown;
  readonly status: number;
  readonly headers: Headers;
  /** Whether the text has the prompt in it, word for word, as LangChain's Modal class needs. */
  readonly repeatsPrompt: boolean;
}

/** What came of a prompt. */
export type PromptResult = PromptSuccess | { readonly ok: false; readonly failure: PromptFailure };

/** Asks one endpoint. */
export interface PromptClient {
  /**
   * Sends a prompt. Whatever happens on the way is a value in the result.
   * @throws TypeError for a mistake of the caller: an `extra` that is no JSON, a bad header
   */
  ask(prompt: string, options?: AskOptions): Promise<PromptResult>;
  /**
   * Sends a prompt and returns the text.
   * @throws PromptError with the failure, where there is no text; TypeError as `ask`
   */
  complete(prompt: string, options?: AskOptions): Promise<string>;
}
