import { write, writeSync } from 'node:fs';

/** Collects lines and writes them together. */
export interface LineBuffer {
  push(line: string): void;
  /** Writes what is left and waits for it: for the moment when the process ends. */
  flushSync(): void;
}

/** How bytes leave; the default is a file descriptor. */
export interface Sink {
  /** Writes some of the bytes from `offset` on, and tells how many. */
  write(bytes: Uint8Array, offset: number, done: (errno: string | null, written: number) => void): void;
  writeSync(bytes: Uint8Array, offset: number): number;
}

/** Lines that wait while the reader of the log is slower than the server. */
const PENDING_MAX_CHARS = 4 * 1024 * 1024;

/** How often a full pipe is tried again, at most a second in all, before the end is not held up. */
const LAST_TRIES_MAX = 100;
const LAST_TRY_PAUSE_MS = 10;

/**
 * One write per turn of the event loop, however many exchanges the turn had, and never a wait for
 * the reader: a terminal that is paused must not stop the server. Lines beyond the bound are
 * dropped and counted.
 */
export function createLineBuffer(sink: Sink, formatDropped: (lines: number) => string): LineBuffer {
  let pending = '';
  let dropped = 0;
  let isScheduled = false;
  let isBroken = false;
  let inFlight: { readonly bytes: Uint8Array; offset: number } | null = null;

  const take = (): Uint8Array => {
    const text = dropped === 0 ? pending : pending + formatDropped(dropped);
    pending = '';
    dropped = 0;
    return Buffer.from(text, 'utf8');
  };
  const step = () => {
    isScheduled = false;
    if (isBroken) return;
    inFlight ??= pending === '' && dropped === 0 ? null : { bytes: take(), offset: 0 };
    if (inFlight === null) return;
    sink.write(inFlight.bytes, inFlight.offset, onWritten);
  };
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(step);
  };
  const onWritten = (errno: string | null, written: number) => {
    if (inFlight === null) return;
    if (errno === 'EAGAIN') {
      // Unreferenced: a full pipe is no reason to stay alive.
      setTimeout(step, LAST_TRY_PAUSE_MS).unref();
      return;
    }
    // The reader is gone (EPIPE) or the disk is full: nobody is left to be told.
    if (errno !== null) isBroken = true;
    inFlight.offset += written;
    if (inFlight.offset >= inFlight.bytes.length) inFlight = null;
    if (inFlight !== null || pending !== '' || dropped > 0) schedule();
  };

  return {
    push(line) {
      if (isBroken) return;
      if (pending.length + line.length > PENDING_MAX_CHARS) dropped += 1;
      else pending += line;
      if (inFlight === null && !isScheduled) schedule();
    },
    flushSync() {
      if (isBroken) return;
      const rest = inFlight;
      inFlight = null;
      // What was handed over and not confirmed may be written twice; a lost line would be worse.
      if (rest !== null) writeAll(sink, rest.bytes, rest.offset);
      const bytes = take();
      writeAll(sink, bytes, 0);
    },
  };
}

function writeAll(sink: Sink, bytes: Uint8Array, from: number): void {
  let offset = from;
  for (let tries = 0; offset < bytes.length && tries < LAST_TRIES_MAX; ) {
    try {
      offset += sink.writeSync(bytes, offset);
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      if (!isFull) return;
      tries += 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_TRY_PAUSE_MS);
    }
  }
}

/** Writes to a file descriptor, without the queue of `process.stderr`, which blocks on a pipe. */
export function createDescriptorSink(descriptor: number): Sink {
  return {
    write(bytes, offset, done) {
      write(descriptor, bytes, offset, bytes.length - offset, null, (error, written) => {
        done(error === null ? null : (error.code ?? 'unknown'), written ?? 0);
      });
    },
    writeSync: (bytes, offset) =>
      writeSync(descriptor, bytes, offset, bytes.length - offset, null),
  };
}
