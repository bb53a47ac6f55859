import type { ServerResponse } from 'node:http';
import type { Clock } from '../../scenarios/clock.ts';
import type { Wire } from '../../scenarios/outcome.ts';
import { afterDelivery, writeBytes } from './delivery.ts';
import { type HttpSocket, releaseParser } from './http-socket.ts';
import { tellOfClosing } from './queued-answers.ts';
import { destroyLater, takeOver } from './raw-answer.ts';

/** The wires of a server that are being performed, each on a connection that ends with it. */
export interface Wires {
  /** Performs a wire in place of an answer, when its turn on the connection has come. */
  perform(wire: Wire, response: ServerResponse): void;
  /** Performs a wire on a connection whose answers are all through. */
  performOn(wire: Wire, socket: HttpSocket): void;
  /** Breaks off every one of them that is in no world of its own. */
  releaseAll(): void;
  /** Breaks off those that hang, now and when they come to it: nobody can wait for them. */
  endHangs(): void;
}

/** A connection with a wire on it. Thousands may hang, so it is all there is to remember. */
interface Held {
  readonly wire: Wire;
  sentBytes: number;
  isHanging: boolean;
  /** Whether the journal was told. */
  isOver: boolean;
  /** Wakes from a wait; made when the first one begins. */
  leaving: AbortController | null;
  /** Stops listening to a world of its own; null where it is in none. */
  readonly forgetWorld: (() => void) | null;
}

/** Begins with no wire. */
export function createWires(clock: Clock): Wires {
  const held = new Map<HttpSocket, Held>();
  const waiting = new Set<ServerResponse>();
  let areHangsOver = false;

  // One for all connections; a connection of its own listener would weigh more than the rest.
  function forget(this: HttpSocket): void {
    const known = held.get(this);
    held.delete(this);
    if (known === undefined) return;
    known.forgetWorld?.();
    known.leaving?.abort();
    tellOver(known);
  }

  const performOn = (wire: Wire, socket: HttpSocket) => {
    if (socket.destroyed) {
      wire.onOver?.();
      return;
    }
    const forgetWorld = wire.world?.onReset(() => void socket.destroy()) ?? null;
    const begun = { sentBytes: 0, isHanging: false, isOver: false, leaving: null };
    const one: Held = { wire, ...begun, forgetWorld };
    held.set(socket, one);
    socket.on('close', forget);
    // What a client sends on top is thrown away.
    takeOver(socket, ignore);
    void performSteps(socket, one, wire.world?.clock ?? clock).then((isThrough) => {
      one.leaving = null;
      if (!isThrough || socket.destroyed) socket.destroy();
      else if (wire.end !== 'hang') endConnection(socket, one);
      else if (areHangsOver) socket.destroy();
      else hang(socket, one);
    });
  };

  return {
    perform(wire, response) {
      const { socket } = response.req;
      if (response.socket !== null || socket.destroyed) {
        performOn(wire, socket);
        return;
      }
      const forgetWorld = wire.world?.onReset(() => void socket.destroy());
      if (forgetWorld === undefined) waiting.add(response);
      awaitTurn(response, (hasTurn) => {
        forgetWorld?.();
        waiting.delete(response);
        if (hasTurn) performOn(wire, socket);
        else wire.onOver?.();
      });
    },
    performOn,
    releaseAll() {
      for (const [socket, { wire }] of held) if (wire.world === undefined) socket.destroy();
      // The answers before them were asked for before the emulator started over, too.
      for (const { req } of waiting) req.socket.destroy();
    },
    endHangs() {
      areHangsOver = true;
      for (const [socket, { isHanging }] of held) if (isHanging) socket.destroy();
    },
  };
}

function ignore(): void {}

function hang(socket: HttpSocket, one: Held): void {
  one.isHanging = true;
  releaseParser(socket);
}

/** Calls back when an answer may be written, or its connection is gone. */
function awaitTurn(response: ServerResponse, then: (hasTurn: boolean) => void): void {
  const end = (hasTurn: boolean) => {
    response.off('socket', begin);
    response.off('close', leave);
    then(hasTurn);
  };
  const begin = () => end(true);
  const leave = () => end(false);
  tellOfClosing(response);
  response.on('socket', begin);
  response.on('close', leave);
}

/** True when all steps are through: nobody left, and none of them failed. */
async function performSteps(socket: HttpSocket, one: Held, clock: Clock): Promise<boolean> {
  try {
    for await (const step of one.wire.steps) {
      if (socket.destroyed) return false;
      if (step.kind === 'wait') await clock.sleep(step.durationMs, leavingOf(one));
      else {
        one.sentBytes += step.bytes.length;
        await writeBytes(socket, step.bytes);
      }
    }
    return true;
  } catch {
    // The client left in the middle of a step, or what was to be sent could not be made: a body that
    // fails in the middle breaks its connection off.
    return false;
  }
}

function leavingOf(one: Held): AbortSignal {
  one.leaving ??= new AbortController();
  return one.leaving.signal;
}

function tellOver(one: Held): void {
  if (one.isOver) return;
  one.isOver = true;
  one.wire.onOver?.();
}

/** Ends a connection as the wire says. Whoever sees the end finds it in the journal. */
function endConnection(socket: HttpSocket, one: Held): void {
  if (one.wire.end === 'close') {
    tellOver(one);
    socket.end();
    destroyLater(socket);
    return;
  }
  afterDelivery(socket, one.sentBytes, () => {
    tellOver(one);
    socket.resetAndDestroy();
  });
}
