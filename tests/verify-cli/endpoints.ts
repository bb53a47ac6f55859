import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { serve } from '../../src/emulator/node/serve.ts';
import type { EmulatorInput } from '../../src/emulator/options.ts';

/** Something that listens on a free port until it is closed. */
export interface Endpoint {
  readonly url: string;
  /** How many requests or connections it has met. */
  connections(): number;
  close(): Promise<void>;
}

/** The emulator, on a socket; somebody may be told of every exchange. */
export async function startEmulator(
  input: EmulatorInput = { answer: 'echo' },
  onExchange: () => void = () => {},
): Promise<Endpoint> {
  const emulator = createEmulator(input, { onExchange });
  const server = await serve(emulator, { port: 0 });
  return {
    url: `http://127.0.0.1:${server.port}/`,
    connections: () => emulator.journal.total,
    close: () => server.close({ drainTimeoutMs: 0 }),
  };
}

/** An endpoint that answers every request as it is told. */
export async function startBroken(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<Endpoint> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body));
  });
  return { url: await listen(server), connections: () => requests, close: () => stop(server) };
}

/** Counts connections, and closes each at once. */
export async function startRefusing(): Promise<Endpoint> {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  return { url: await listen(server), connections: () => connections, close: () => stop(server) };
}

/** The URL of a port where nobody listens any more. */
export async function nobody(): Promise<string> {
  const server = createTcpServer();
  const url = await listen(server);
  await stop(server);
  return url;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Sound: it listens on TCP.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

async function stop(server: Server): Promise<void> {
  if ('closeAllConnections' in server)
    (server as { closeAllConnections(): void }).closeAllConnections();
  server.close();
  await once(server, 'close');
}
