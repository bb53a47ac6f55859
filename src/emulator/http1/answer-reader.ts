import { type Framing, framingOf, isKeptAlive } from './framing.ts';
import { LengthMismatchError, ParseError, UnexpectedStatusError } from './parse-error.ts';
import { type ChunkReader, createChunkReader } from './read-chunks.ts';
import { type AnswerHead, createHeadReader, textOfBytes } from './read-head.ts';

/** Who is told of what is found. */
export interface AnswerSink {
  onHead(head: AnswerHead): void;
  /** A piece of the body, without its frames. */
  onData(bytes: Uint8Array): void;
}

/** Reads one answer from bytes as they come, as undici does. */
export interface AnswerReader {
  feed(bytes: Uint8Array): void;
  /** Whether the answer is whole; what comes behind it belongs to nobody. */
  readonly isDone: boolean;
  /** What the end of the connection makes of it: true when the answer is whole by it. */
  end(): boolean;
}

/**
 * Creates a reader for the answer to a request of the method.
 * @throws ParseError, HeadersOverflowError, UnexpectedStatusError from `feed` where an answer breaks
 * the rules; ParseError, LengthMismatchError from `end` where it announced the end of the connection
 */
export function createAnswerReader(method: string, sink: AnswerSink): AnswerReader {
  const heads = createHeadReader();
  let framing: Framing | null = null;
  let keepsAlive = false;
  let chunks: ChunkReader | null = null;
  let leftBytes = 0;
  let isDone = false;

  const takeBody = (bytes: Uint8Array) => {
    if (chunks !== null) {
      chunks.feed(bytes);
      isDone = chunks.isDone;
    } else if (framing?.kind === 'length') {
      const piece = bytes.subarray(0, leftBytes);
      leftBytes -= piece.length;
      isDone = leftBytes === 0;
      if (piece.length > 0) sink.onData(piece);
    } else sink.onData(bytes);
  };
  const takeHead = (head: AnswerHead) => {
    framing = framingOf(head, method);
    keepsAlive = isKeptAlive(head, framing);
    isDone = framing.kind === 'none' || (framing.kind === 'length' && framing.bytes === 0);
    if (framing.kind === 'length') leftBytes = framing.bytes;
    if (framing.kind === 'chunked') chunks = createChunkReader(sink.onData);
    sink.onHead(head);
  };

  return {
    get isDone() {
      return isDone;
    },
    feed(bytes) {
      let rest = bytes;
      while (framing === null) {
        const found = heads.feed(textOfBytes(rest));
        if (found === null) return;
        // What is left are the last bytes that were fed.
        rest = bytes.subarray(bytes.length - found.rest.length);
        const { status } = found.head;
        if (status <= 100) throw new UnexpectedStatusError('bad response');
        if (status === 101) throw new UnexpectedStatusError('bad upgrade');
        if (status >= 200) takeHead(found.head);
      }
      if (!isDone && rest.length > 0) takeBody(rest);
    },
    end() {
      if (isDone || framing?.kind === 'close') return true;
      if (framing === null || keepsAlive) return false;
      if (framing.kind === 'length') throw new LengthMismatchError();
      throw new ParseError('HPE_INVALID_EOF_STATE', 'Invalid EOF state');
    },
  };
}
