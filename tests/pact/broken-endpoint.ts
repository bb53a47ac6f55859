import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from '../../src/emulator/index.ts';

/** An answer of the correct endpoint, for a mutation to change. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; without content-length, which follows from the body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a broken endpoint makes of the correct answer; null closes the connection without one. */
export type Mutation = (answer: Answer) => Answer | null;

/** A running endpoint. */
export interface BrokenEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the emulator's answers, each changed by a mutation. */
export async function serveBroken(mutate: Mutation): Promise<BrokenEndpoint> {
  const emulator = createEmulator({ answer: 'echo' });
  const server = createServer((request, response) => {
    answer(request, emulator.fetch)
      .then((correct) => send(response, mutate(correct)))
      // Shown to the judge as what it is: no answer.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // Sound: it listens on a port, and not on a path.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  fetch: (request: Request) => Promise<Response>,
): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = 'GET', url = '/', headers } = request;
  const asked = new Request(`http://localhost${url}`, {
    method,
    headers: { 'content-type': headers['content-type'] ?? '' },
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
  const response = await fetch(asked);
  const { 'content-length': _, ...kept } = Object.fromEntries(response.headers);
  return { status: response.status, headers: kept, body: await response.text() };
}

function send(response: ServerResponse, mutated: Answer | null): void {
  if (mutated === null) {
    response.destroy();
    return;
  }
  response.writeHead(mutated.status, mutated.headers);
  response.end(mutated.body);
}
