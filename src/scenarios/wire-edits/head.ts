import { latin1 } from '../wire.ts';
import type { Part } from './parts.ts';

/** Changes a line of a head, or leaves it out with null. */
export type LineEdit = (line: string) => string | null;

/** Changes the lines of the head as it goes by. A head in several pieces stays as it is. */
export async function* editHead(parts: AsyncIterable<Part>, edit: LineEdit): AsyncGenerator<Part> {
  for await (const part of parts) {
    if (part.kind === 'head') yield { ...part, bytes: editLines(part.bytes, edit) };
    else yield part;
  }
}

function editLines(bytes: Uint8Array, edit: LineEdit): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (!text.endsWith('\r\n\r\n')) return bytes;
  const lines = text.split('\r\n').map((line) => (line === '' ? line : edit(line)));
  return latin1(lines.filter((line) => line !== null).join('\r\n'));
}

/** The head of an answer that does not announce the end of the connection. */
export const keepAlive: LineEdit = (line) =>
  /^connection:/i.test(line) ? 'Connection: keep-alive' : line;

/** The head of an answer that only the end of the connection ends. */
export const withoutFraming: LineEdit = (line) =>
  /^(?:content-length|transfer-encoding):/i.test(line) ? null : line;

/** The head of an answer in chunks, whose size was known before. */
export const announceChunks: LineEdit = (line) =>
  /^content-length:/i.test(line) ? 'Transfer-Encoding: chunked' : line;

/** The head with another size than the true one, never less than nothing. */
export function announceMore(byBytes: number): LineEdit {
  return (line) => {
    const [, name, size] = /^(content-length): *(\d+)$/i.exec(line) ?? [];
    return size === undefined ? line : `${name}: ${Math.max(0, Number(size) + byBytes)}`;
  };
}
