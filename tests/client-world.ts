import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import type { PromptFailure, PromptResult } from '../src/contract/client.ts';

/** A request as a server of these tests saw it. */
export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request; `count` says which, from 1. */
export type Handler = (response: ServerResponse, seen: Seen, count: number) => void;

const closers = new Set<() => Promise<void>>();

afterEach(async () => {
  await Promise.all([...closers].map((close) => close()));
  closers.clear();
});

/** A plain server that ends with the test and remembers what it was asked. */
export async function startAnswering(handler: Handler) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const one: Seen = { method, target: url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    handler(response, one, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.add(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // Sound: a server on a port has an address of that kind.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, port, seen };
}

/** Answers JSON. */
export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** The failure of a result, which must be of this kind. */
export function failureOf<Kind extends PromptFailure['kind']>(
  result: PromptResult,
  kind: Kind,
): Extract<PromptFailure, { kind: Kind }> {
  if (result.ok) throw new Error(`it was answered: ${result.text}`);
  if (result.failure.kind !== kind) {
    throw new Error(`it failed by "${result.failure.kind}": ${result.failure.message}`);
  }
  // Sound: the kind was just compared.
  return result.failure as Extract<PromptFailure, { kind: Kind }>;
}

/** Time that passes when a test says so. */
export function createTimer() {
  const controllers: AbortController[] = [];
  return {
    durationsMs: [] as number[],
    signalAfter(durationMs: number): AbortSignal {
      this.durationsMs.push(durationMs);
      const controller = new AbortController();
      controllers.push(controller);
      return controller.signal;
    },
    /** The time of everything that was begun is over. */
    pass() {
      for (const controller of controllers) {
        controller.abort(new DOMException('The time is over.', 'TimeoutError'));
      }
    },
  };
}
