import type { Clock } from '../scenarios/clock.ts';
import type { Outcome, Reply } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import { checkGate } from './control/gate.ts';
import { type ControlPort, isControlPath } from './control/port.ts';
import { ProblemError, problemBody, show } from './control/problem.ts';
import { respondError } from './control/respond.ts';
import { callFromRequest, toResponse } from './fetch-door.ts';
import { splitTarget, TEST_ID_HEADER } from './namespace-target.ts';
import type { Namespaces } from './namespaces.ts';

/** The doors of an emulator. */
export interface Doors {
  fetch(request: Request): Promise<Response>;
  handle(call: Call): Outcome | Promise<Outcome>;
  refuse(call: Call, reply: Reply): Outcome;
}

/** What is behind the doors of a namespace. */
export interface Inhabited extends Doors {
  readonly clock: Clock;
  onReset(listener: () => void): () => void;
}

/** What namespaces take in, and what they leave to the emulator itself. */
export interface DoorParts<Inner> {
  readonly own: Doors;
  readonly namespaces: Pick<Namespaces<Inner, never>, 'get' | 'isInUse'>;
  /** Who may be told that there is no such namespace to control. */
  readonly guard: Pick<ControlPort, 'token' | 'isLoopback'>;
  readonly bodyMaxBytes: number;
}

/** These are the server's, whoever asks. */
const SERVER_PATH = /^\/__admin\/(?:namespaces|health|ready|version)(?:[/?]|$)/;

/** Where a request goes: into a namespace, to the emulator itself (null), or nowhere. */
type Way<Inner> =
  | { readonly inner: Inner; readonly rest: string; readonly problem: null }
  | { readonly problem: ProblemError }
  | null;

/** Leads everything that names a namespace there, and nothing of it anywhere else. */
export function createNamespaceDoors<Inner extends Inhabited>(parts: DoorParts<Inner>): Doors {
  const { own, namespaces } = parts;
  const find = (call: Pick<Call, 'target' | 'header'>): Way<Inner> => {
    const { target } = call;
    const { name, rest } = splitTarget(target);
    const named = namespaces.isInUse ? call.header(TEST_ID_HEADER) : null;
    if (name === null && (named === null || SERVER_PATH.test(target))) return null;
    if (name !== null && named !== null && name !== named)
      return { problem: twoNames(name, named) };
    const wanted = name ?? named ?? '';
    const inner = namespaces.get(wanted)?.emulator;
    return inner === undefined
      ? { problem: unknownName(wanted, name === null) }
      : { inner, rest, problem: null };
  };

  return {
    async fetch(request) {
      const url = new URL(request.url);
      const target = url.pathname + url.search;
      const way = find({ target, header: (name) => request.headers.get(name) });
      if (way === null) return own.fetch(request);
      if (way.problem === null) {
        return way.inner.fetch(withUrl(request, new URL(way.rest, url.origin).href));
      }
      const [path = ''] = splitTarget(target).rest.split('?', 1);
      if (isControlPath(path)) return refuseControl(request, way.problem, parts.guard);
      const call = await callFromRequest(request, parts.bodyMaxBytes);
      const outcome = own.refuse(call, problemReply(way.problem, call.target));
      // Sound: what is refused is a reply.
      return toResponse(outcome as Extract<Outcome, { kind: 'reply' }>, request.method);
    },
    handle(call) {
      const way = find(call);
      if (way === null) return own.handle(call);
      if (way.problem !== null) return own.refuse(call, problemReply(way.problem, call.target));
      const { inner, rest } = way;
      const outcome = inner.handle(withTarget(call, rest));
      return outcome instanceof Promise
        ? outcome.then((late) => inWorld(late, inner))
        : inWorld(outcome, inner);
    },
    refuse(call, reply) {
      const way = find(call);
      if (way === null || way.problem !== null) return own.refuse(call, reply);
      return way.inner.refuse(withTarget(call, way.rest), reply);
    },
  };
}

/** A wire goes by the time of its namespace, and is broken off when that starts over. */
function inWorld(outcome: Outcome, { clock, onReset }: Inhabited): Outcome {
  if (outcome.kind !== 'wire') return outcome;
  return { ...outcome, wire: { ...outcome.wire, world: { clock, onReset } } };
}

/** The same call with another target; what else there is of it is its own. */
function withTarget(call: Call, target: string): Call {
  return Object.create(call, { target: { value: target, enumerable: true } });
}

/** The same request with another URL; a new one would take its body away. */
function withUrl(request: Request, url: string): Request {
  return new Proxy(request, {
    get(target, key) {
      if (key === 'url') return url;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function refuseControl(
  request: Request,
  problem: ProblemError,
  guard: Pick<ControlPort, 'token' | 'isLoopback'>,
): Response {
  try {
    checkGate(request, new URL(request.url).pathname, guard);
  } catch (error) {
    if (error instanceof ProblemError) return respondError(request, error);
    throw error;
  }
  return respondError(request, problem);
}

function problemReply(problem: ProblemError, target: string): Reply {
  const body = JSON.stringify(problemBody(problem, target.split('?', 1)[0] ?? target));
  const headers = [['content-type', 'application/problem+json']] as const;
  return { status: problem.status, headers, body };
}

function unknownName(name: string, isByHeader: boolean): ProblemError {
  const where = isByHeader ? 'header X-Test-Id' : 'path /t/NAME/';
  return new ProblemError(
    404,
    'unknown-namespace',
    `Failed to find namespace ${show(name)} of the ${where}: there is none of this name, or its ` +
      'time is over. Create it first: POST /__admin/namespaces {"name": "my-test"}.',
  );
}

function twoNames(name: string, named: string): ProblemError {
  return new ProblemError(
    400,
    'two-namespaces',
    `Failed to choose a namespace: the path says ${show(name)}, and the header X-Test-Id says ` +
      `${show(named)}. Leave one of them out.`,
  );
}
