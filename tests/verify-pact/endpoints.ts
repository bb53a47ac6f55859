import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** A request that an endpoint got. */
export interface Asked {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An endpoint that is gone after the test. */
export interface Endpoint {
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** How an endpoint answers. */
export type Answering = (response: ServerResponse, asked: Asked, request: IncomingMessage) => void;

/** Starts an endpoint on a free port of this machine. */
export async function startEndpoint(answer: Answering): Promise<Endpoint> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      asked.push(one);
      response.on('error', () => {});
      answer(response, one, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('has no port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Answers as the contract says. */
export const answerWell: Answering = (response) => sendJson(response, { prompt: 'Because.' });
