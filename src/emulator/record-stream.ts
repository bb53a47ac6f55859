import { byteLength } from './text.ts';

/** How a streamed body ended. */
export interface StreamEnd {
  /** What was sent, up to the bound. */
  readonly text: string;
  /** Size of all that was sent. */
  readonly bytes: number;
  /** False when the reader left before the end. */
  readonly isWhole: boolean;
}

/** Passes a streamed body on and tells, once, what was sent when it ends or its reader leaves. */
export async function* recordStream(
  source: AsyncIterable<string>,
  textMax: number,
  onEnd: (end: StreamEnd) => void,
): AsyncGenerator<string> {
  let text = '';
  let bytes = 0;
  let isWhole = false;
  try {
    for await (const chunk of source) {
      bytes += byteLength(chunk);
      if (text.length < textMax) text += chunk;
      yield chunk;
    }
    isWhole = true;
  } finally {
    onEnd({ text, bytes, isWhole });
  }
}
