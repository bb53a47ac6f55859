import { writeSync } from 'node:fs';

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
  write(text: string, done: (error?: Error | null) => void): void;
  /** Writes as much as can be written without waiting for a reader. */
  writeSync(text: string): void;
}

/** What may wait while the reader of the log is slower than the server. */
const PENDING_MAX_CHARS = 4 * 1024 * 1024;

/**
 * One write per turn of the event loop, however many exchanges the turn had, and the next only
 * when it was taken. Lines beyond the bound are dropped and counted.
 */
export function createLineBuffer(sink: Sink, formatDropped: (lines: number) => string): LineBuffer {
  let pending = '';
  let dropped = 0;
  // Scheduled, being written, or neither.
  let state: 'idle' | 'scheduled' | 'writing' | 'broken' = 'idle';
  let waiting: (() => void)[] = [];

  const take = (): string => {
    const text = dropped === 0 ? pending : pending + formatDropped(dropped);
    pending = '';
    dropped = 0;
    return text;
  };
  const schedule = () => {
    state = 'scheduled';
    setImmediate(writePending);
  };
  const writePending = () => {
    if (state !== 'scheduled') return;
    state = 'writing';
    sink.write(take(), onWritten);
  };
  const onWritten = (error?: Error | null) => {
    // The reader is gone or the disk is full: nobody is left to be told.
    state = error ? 'broken' : 'idle';
    if (state === 'idle' && (pending !== '' || dropped > 0)) return schedule();
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  return {
    push(line) {
      if (state === 'broken') return;
      if (pending.length + line.length > PENDING_MAX_CHARS) dropped += 1;
      else pending += line;
      if (state === 'idle') schedule();
    },
    flush: () =>
      new Promise((resolve) => {
        if (state === 'idle' || state === 'broken') resolve();
        else waiting.push(resolve);
      }),
    flushSync() {
      if (state === 'broken') return;
      const text = take();
      if (text !== '') sink.writeSync(text);
      if (state === 'scheduled') state = 'idle';
    },
  };
}

/** The standard error stream, whose queue does not stop the server when a pipe is full. */
export function createStreamSink(stream: NodeJS.WritableStream, descriptor: number): Sink {
  return {
    write: (text, done) => void stream.write(text, done),
    writeSync(text) {
      try {
        writeSync(descriptor, text);
      } catch {
        // The process ends, and its log cannot be written: there is nowhere to say so.
      }
    },
  };
}
