import { afterAll, beforeAll, describe } from 'vitest';
import {
  createEmulator,
  type Emulator,
  type EmulatorInput,
  type Surroundings,
} from '../src/emulator/index.ts';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';
import type { DoorName } from './doors.ts';

/** How a client asks, by `fetch`. */
export interface Asking {
  readonly prompt?: string;
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the prompt. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly method?: string;
  readonly path?: string;
}

/** A client of an emulator, through one of its doors. */
export interface FetchClient {
  readonly emulator: Emulator;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Asks as LangChain's class does. */
  ask(asking?: Asking): Promise<Response>;
  /** The status of the answer, or the name of the error. */
  met(asking?: Asking): Promise<string>;
  /** What the control plane answers. */
  admin(line: string, body?: unknown): Promise<Admin>;
}

/** An answer of the control plane. */
export interface Admin {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they know is there.
  readonly json: any;
}

/** Runs the same tests with `fetch`, in process and over a socket; each test has its own emulator. */
export function describeClients(
  name: string,
  tests: (create: CreateClient, kind: DoorName) => void,
): void {
  describe.each<DoorName>(['in process', 'over a socket'])(`${name} (%s)`, (kind) => {
    const servers: RunningServer[] = [];
    beforeAll(() => void servers.splice(0));
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.close({ drainTimeoutMs: 0 })));
    });
    tests(async (options = {}, surroundings = {}) => {
      const emulator = createEmulator(options, surroundings);
      if (kind === 'in process') return createClient(emulator, null);
      const server = await serve(emulator, { port: 0 });
      servers.push(server);
      return createClient(emulator, server.url);
    }, kind);
  });
}

/** Makes a client of a new emulator. */
export type CreateClient = (
  options?: EmulatorInput,
  surroundings?: Surroundings,
) => Promise<FetchClient>;

function createClient(emulator: Emulator, url: string | null): FetchClient {
  const fetchIt = (path: string, init: RequestInit = {}) =>
    url === null
      ? emulator.fetch(new Request(`http://localhost${path}`, init))
      : fetch(url + path, init);
  const ask = ({ prompt = 'Why?', extras = {}, headers = {}, ...rest }: Asking = {}) => {
    const { body = JSON.stringify({ prompt, ...extras }), method = 'POST', path = '/' } = rest;
    return fetchIt(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body }),
      ...(rest.signal === undefined ? {} : { signal: rest.signal }),
      redirect: 'manual',
    });
  };
  return {
    emulator,
    fetch: fetchIt,
    ask,
    async met(asking) {
      try {
        const response = await ask(asking);
        await response.text();
        return String(response.status);
      } catch (error) {
        return error instanceof Error ? error.name : String(error);
      }
    },
    async admin(line, body) {
      const [method = 'GET', path = ''] = line.split(' ');
      const response = await fetchIt(path, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
  };
}
