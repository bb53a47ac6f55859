/** A body on its way: what has come, whether it was read yet or not, and how it ended. */
export interface BodyBuffer {
  readonly stream: ReadableStream<Uint8Array>;
  push(bytes: Uint8Array): void;
  /** Ends the stream, once everything was read. */
  close(): void;
  /** Breaks the stream off, once everything was read. */
  fail(error: unknown): void;
  /** Resolves when there is room for more, or nobody reads any more. */
  room(): Promise<void> | null;
}

/** About what lies between two sockets when nobody reads. */
const UNREAD_MAX_BYTES = 64 * 1024;

/** Creates a body of which nothing has come. */
export function createBodyBuffer(onCancel: () => void): BodyBuffer {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let end: { readonly error?: unknown } | null = null;
  let wakeReader = () => {};
  let wakeWriter = () => {};
  const finish = (ending: { readonly error?: unknown }) => {
    end ??= ending;
    wakeReader();
    wakeWriter();
  };

  const pull = async (controller: ReadableByteStreamController): Promise<void> => {
    while (pieces.length === 0 && end === null) {
      await new Promise<void>((resolve) => {
        wakeReader = resolve;
      });
    }
    const piece = pieces.shift();
    if (piece !== undefined) {
      bytes -= piece.length;
      // A stream of bytes takes the memory away from whoever hands it in.
      controller.enqueue(new Uint8Array(piece));
      return wakeWriter();
    }
    if (end !== null && 'error' in end) return controller.error(end.error);
    controller.close();
    // Who reads into memory of their own is answered with none of it.
    controller.byobRequest?.respond(0);
  };
  const cancel = () => {
    pieces.length = 0;
    bytes = 0;
    finish({});
    onCancel();
  };

  return {
    stream: new ReadableStream({ type: 'bytes', pull, cancel }, { highWaterMark: 0 }),
    push(piece) {
      if (end !== null) return;
      pieces.push(piece);
      bytes += piece.length;
      wakeReader();
    },
    close: () => finish({}),
    fail: (error) => finish({ error }),
    room() {
      if (bytes <= UNREAD_MAX_BYTES || end !== null) return null;
      return new Promise((resolve) => {
        wakeWriter = resolve;
      });
    },
  };
}
