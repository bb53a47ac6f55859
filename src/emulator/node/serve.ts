import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome, Reply } from '../../scenarios/outcome.ts';
import { isLoopbackHost } from '../control/authority.ts';
import type { Emulator } from '../emulator.ts';
import { INTERNAL_SERVER_ERROR } from '../function/replies.ts';
import { MEBIBYTE } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { BodyMessage } from './body-message.ts';
import { answerUnparsed } from './client-error.ts';
import { closeServer, trackSockets } from './close-server.ts';
import { type ControlListener, createControlListener } from './control-listener.ts';
import { isControlTarget } from './control-target.ts';
import { holdBack } from './hold-back.ts';
import { hostProblem, NO_HOST } from './host-header.ts';
import { listenError } from './listen-error.ts';
import { callFromMessage } from './node-call.ts';
import { perform } from './perform.ts';
import { createWires, type Wires } from './perform-wire.ts';
import { type BodyBudget, isAnnouncedTooLarge, readBody } from './read-body.ts';
import { refusal } from './refusal.ts';
import { type ServeLimits, type ServeOptions, serveLimits } from './serve-options.ts';
import { answerConnect } from './unknown-method.ts';

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:8000`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Stops accepting and resolves when the exchanges under way have ended, or were cut off. */
  close(options?: { readonly drainTimeoutMs?: number }): Promise<void>;
}

/**
 * Serves an emulator on a socket.
 * @throws UsageError when an option is not valid, the address cannot be listened on, or it is not
 * this machine's alone and the control plane has no token
 */
export async function serve(
  emulator: Emulator,
  options: ServeOptions = {},
): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 8000, onError = console.error } = options;
  const { onUnread = () => {} } = options;
  const limits = serveLimits(options);
  const control = createControlListener(emulator, onError);
  const wires = createWires(emulator.clock);
  const listener = createListener(emulator, { control, wires, limits, onError, onUnread });
  const server = createServer(
    {
      IncomingMessage: BodyMessage,
      // Asked for here, in words of one's own.
      requireHostHeader: false,
      maxHeaderSize: limits.headersMaxBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.checkIntervalMs,
      // A kept-alive connection stays until its client ends it, or `connectionsMax` says otherwise:
      // one that ends by itself, as Node's does after 5 s, may do so under a request on its way.
      keepAliveTimeout: 0,
      // A client that is gone without a word is found by the system's probes.
      keepAlive: true,
      // The contract's answers are small: waiting to fill a packet would only delay them.
      noDelay: true,
    },
    listener,
  );
  server.maxConnections = limits.connectionsMax;
  const sockets = trackSockets(server);
  server.once('close', emulator.onReset(wires.releaseAll));
  const { headersMaxBytes } = limits;
  server.on('clientError', answerUnparsed(emulator, { headersMaxBytes, wires, onError, onUnread }));
  server.on('connect', answerConnect(emulator, { wires, onError }));
  // FastAPI's servers ignore expectations they do not know; Node would refuse them.
  server.on('checkExpectation', listener);
  server.on('checkContinue', (message, response) => {
    // Who asks before sending too much is told so, and the connection then has no known framing.
    if (isAnnouncedTooLarge(message, emulator.config)) response.shouldKeepAlive = false;
    else response.writeContinue();
    listener(message, response);
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo; // A TCP server that listens has one.
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  if (!isLoopbackHost(shownHost) && !emulator.isGuarded) {
    await closeServer(server, sockets, 0);
    throw unguarded(host);
  }
  emulator.setReady(true);
  return {
    url: `http://${shownHost}:${address.port}`,
    host: address.address,
    port: address.port,
    close({ drainTimeoutMs = 10_000 } = {}) {
      emulator.setReady(false);
      control.endWaits();
      wires.endHangs();
      return closeServer(server, sockets, drainTimeoutMs);
    },
  };
}

function unguarded(host: string): UsageError {
  return new UsageError(
    'control-unguarded',
    `Failed to listen on "${host}": others could use the control plane without a token. ` +
      'Create the emulator with one: createEmulator({}, { control: { token, isLoopback: false } }).',
  );
}

interface ListenerParts {
  readonly control: ControlListener;
  readonly wires: Wires;
  readonly limits: ServeLimits;
  readonly onError: (error: unknown) => void;
  readonly onUnread: (reason: string) => void;
}

/**
 * The Node door. The endpoint's exchanges take the short way: body, `handle`, socket, in one turn
 * where nothing waits. The control plane takes the long one, through `fetch`.
 */
function createListener(emulator: Emulator, parts: ListenerParts) {
  const { control, wires, limits, onError, onUnread } = parts;
  const { bodyMaxBytes } = emulator.config;
  const totalMaxBytes = Math.max(limits.bodiesMaxBytes, bodyMaxBytes);
  const budget: BodyBudget = { bodyMaxBytes, totalMaxBytes, usedBytes: 0 };
  const onLeft = (bytes: number) =>
    onUnread(`Failed to read a request: its client left after ${bytes} bytes of the body.`);

  return (message: BodyMessage, response: ServerResponse) => {
    if (isControlTarget(message.url ?? '/')) return control.listen(message, response);
    const fail = (error: unknown) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else perform({ kind: 'reply', reply: INTERNAL_SERVER_ERROR }, response, wires);
    };
    const reason = hostProblem(message);
    if (reason !== null) {
      onUnread(`Failed to read a request: ${reason}.`);
      // Without a host there is no telling what else is meant otherwise.
      if (reason === NO_HOST) response.shouldKeepAlive = false;
      return perform({ kind: 'reply', reply: refusal({ reason }) }, response, wires);
    }
    const onBody = (body: Uint8Array | Reply): Promise<void> | void => {
      try {
        if ('status' in body) {
          const call = callFromMessage(message, response, new Uint8Array());
          return perform(emulator.refuse(call, body), response, wires);
        }
        const isLarge = body.length > LARGE_BYTES;
        const outcome = emulator.handle(callFromMessage(message, response, body));
        if (!(outcome instanceof Promise)) {
          perform(outcome, response, wires);
          return isLarge ? taken(response, outcome, limits) : undefined;
        }
        const performed = outcome.then((ended) => perform(ended, response, wires)).catch(fail);
        void holdBack(response, performed);
        if (!isLarge) return performed;
        return performed
          .then(() => outcome)
          .then(
            (ended) => taken(response, ended, limits),
            () => {},
          );
      } catch (error) {
        return fail(error);
      }
    };
    readBody(message, budget, { onBody, onLeft });
  };
}

/** An answer can be as large as its request, and a client may not take it. */
const LARGE_BYTES = MEBIBYTE;

/** Resolves when the client has taken the answer, or left, or has not moved for too long. */
function taken(
  response: ServerResponse,
  { kind }: Outcome,
  { requestTimeoutMs }: ServeLimits,
): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once('close', () => {
      // The timeout is the socket's, which may have another request to come.
      response.req.socket.setTimeout(0);
      resolve();
    });
    // A wire may stand still on purpose.
    if (kind !== 'wire') response.setTimeout(requestTimeoutMs);
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port));
    // Stays after the start: an error while accepting ends that connection, not the process.
    server.on('error', fail);
    try {
      server.listen({ host, port, backlog: 4096 }, resolve);
    } catch (error) {
      fail(error as NodeJS.ErrnoException); // Node throws nothing else.
    }
  });
}
