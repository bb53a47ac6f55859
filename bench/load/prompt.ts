import type { Job } from './job.ts';

// Line breaks must be escaped in JSON, as they must be for any real chain's prompt.
const TEXT =
  "Question: Which team won the final in the year the author was born?\n\nAnswer: Let's think step by step.\n\n";

/** A prompt of exactly so many bytes; the text is ASCII, so bytes are characters. */
export function promptOf(bytes: number): string {
  return TEXT.repeat(Math.ceil(bytes / TEXT.length)).slice(0, bytes);
}

/** Prompts of one size that differ in their number. */
export function createNumberedPrompts(bytes: number): (ordinal: number) => string {
  const rest = promptOf(Math.max(0, bytes - 11));
  return (ordinal) => `${String(ordinal).padStart(10, '0')} ${rest}`;
}

/** Writes requests for prompts, with the headers that Python's requests sends for LangChain. */
export function createRequestWriter(job: Job): (prompt: string) => Buffer {
  const head = [
    'POST / HTTP/1.1',
    `Host: ${job.host}:${job.port}`,
    'User-Agent: python-requests/2.32.5',
    'Accept-Encoding: gzip, deflate',
    'Accept: */*',
    'Connection: keep-alive',
    'Content-Type: application/json',
    'Content-Length: ',
  ].join('\r\n');
  return (prompt) => {
    const body = JSON.stringify({ prompt });
    return Buffer.from(`${head}${body.length}\r\n\r\n${body}`, 'latin1');
  };
}
