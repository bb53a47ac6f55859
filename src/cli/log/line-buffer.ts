import { writeSync } from 'node:fs';
import { createByteBuffer } from './byte-buffer.ts';

/** Collects lines and writes them together. */
export interface LineBuffer {
  push(line: string): void;
  /** Resolves when everything pushed so far was written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what no write has begun with, at once: for the moment when the process ends. */
  flushSync(): void;
}

/** How text leaves. */
export interface Sink {
  /** The bytes are the sink's until it calls `done`. */
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void;
  /** Writes as much as can be written without waiting for a reader. */
  writeSync(bytes: Uint8Array): void;
}

/** What may wait while the reader of the log is slower than the server. */
const PENDING_MAX_BYTES = 4 * 1024 * 1024;

/** Under load, a write takes the lines of this long: every write has its price. */
const GATHER_MS = 10;

/** Calls back later, and does not keep the process alive for it. */
export type Later = (callback: () => void) => void;

const afterGathering: Later = (callback) => {
  setTimeout(callback, GATHER_MS).unref();
};

/**
 * A line after a silence is written in the same turn of the event loop; those that follow soon are
 * gathered, and the next write begins only when the one before was taken. Lines beyond the bound
 * are dropped and counted.
 */
export function createLineBuffer(
  sink: Sink,
  formatDropped: (lines: number) => string,
  later: Later = afterGathering,
): LineBuffer {
  const pending = createByteBuffer(PENDING_MAX_BYTES);
  let dropped = 0;
  let state: 'silent' | 'scheduled' | 'writing' | 'gathering' | 'broken' = 'silent';
  let waiting: (() => void)[] = [];

  const isEmpty = () => pending.isEmpty() && dropped === 0;
  const take = (): Uint8Array => {
    if (dropped > 0) pending.appendAlways(formatDropped(dropped));
    dropped = 0;
    return pending.take();
  };
  const write = () => {
    state = 'writing';
    sink.write(take(), onWritten);
  };
  const onWritten = (error?: Error | null) => {
    // The reader is gone or the disk is full: nobody is left to be told.
    state = error ? 'broken' : 'gathering';
    if (state === 'gathering' && waiting.length > 0 && !isEmpty()) return write();
    for (const resolve of waiting) resolve();
    waiting = [];
    if (state === 'gathering') later(onGathered);
  };
  const onGathered = () => {
    if (state !== 'gathering') return;
    if (isEmpty()) state = 'silent';
    else write();
  };

  return {
    push(line) {
      if (state === 'broken') return;
      if (!pending.append(line)) dropped += 1;
      if (state !== 'silent') return;
      state = 'scheduled';
      setImmediate(() => {
        if (state === 'scheduled') write();
      });
    },
    flush: () =>
      new Promise((resolve) => {
        const isWritten = state !== 'writing' && isEmpty();
        if (state === 'broken' || isWritten) return resolve();
        waiting.push(resolve);
        if (state === 'gathering') write();
      }),
    flushSync() {
      if (state === 'broken') return;
      const bytes = take();
      if (bytes.length > 0) sink.writeSync(bytes);
      if (state === 'scheduled') state = 'silent';
    },
  };
}

/** The standard error stream, whose queue does not stop the server when a pipe is full. */
export function createStreamSink(stream: NodeJS.WritableStream, descriptor: number): Sink {
  return {
    write: (bytes, done) => void stream.write(bytes, done),
    writeSync(bytes) {
      try {
        writeSync(descriptor, bytes);
      } catch {
        // The process ends, and its log cannot be written: there is nowhere to say so.
      }
    },
  };
}
