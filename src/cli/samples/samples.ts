import { exampleRequest } from '../../contract/example-request.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import type { AnswerOptions } from '../../emulator/answers/options.ts';
import { curlCommand } from './curl.ts';
import { type LangChainSample, langChainSample } from './langchain.ts';

/** Texts that work when pasted: a line for the shell and a program for Python. */
export interface Samples {
  readonly curl: string;
  readonly langchain: LangChainSample;
}

/** What the samples ask. A question whose quotes and marks show that they are quoted properly. */
const PROMPT = "What's the capital of France?";

/** Writes the samples for an endpoint at a URL without a slash at the end. */
export function createSamples(
  url: string,
  definition: FunctionDefinition,
  answer: AnswerOptions,
): Samples {
  return {
    curl: curlCommand(url, exampleRequest(definition, PROMPT)),
    langchain: langChainSample(url, definition, answer, PROMPT),
  };
}

/**
 * The URL that a client on this machine uses, without a slash at the end.
 * An address that means "every interface" can be listened on but not, on every system, connected
 * to.
 */
export function clientUrl(host: string, port: number): string {
  return `http://${hostInUrl(EVERY_INTERFACE[host] ?? host)}:${port}`;
}

const EVERY_INTERFACE: Readonly<Record<string, string>> = {
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};

function hostInUrl(host: string): string {
  if (!host.includes(':')) return host;
  // A zone (`fe80::1%eth0`) is percent-encoded in a URL.
  return `[${host.replace('%', '%25')}]`;
}
