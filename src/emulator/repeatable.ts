/** A stream that many can read, each from its beginning; what was read of it is kept. */
export function repeatable(source: AsyncIterable<string>): AsyncIterable<string> {
  const chunks: string[] = [];
  let iterator: AsyncIterator<string> | null = null;
  let reading: Promise<void> | null = null;
  let isOver = false;

  const readOn = async () => {
    iterator ??= source[Symbol.asyncIterator]();
    const next = await iterator.next();
    if (next.done === true) isOver = true;
    else chunks.push(next.value);
    reading = null;
  };

  return {
    async *[Symbol.asyncIterator]() {
      for (let index = 0; ; index += 1) {
        while (index >= chunks.length && !isOver) {
          reading ??= readOn();
          await reading;
        }
        const chunk = chunks[index];
        if (chunk === undefined) return;
        yield chunk;
      }
    },
  };
}
