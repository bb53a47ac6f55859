/** How a streamed body ended. */
export interface StreamEnd {
  /** What was sent, up to the bound. */
  readonly text: string;
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
  let isWhole = false;
  try {
    for await (const chunk of source) {
      if (text.length < textMax) text += chunk;
      yield chunk;
    }
    isWhole = true;
  } finally {
    onEnd({ text, isWhole });
  }
}
