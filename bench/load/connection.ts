import { connect } from 'node:net';

/** What one connection asks, and what it makes of the answers. */
export interface Turns {
  /** The next request, or null when there is nothing left to ask. */
  next(): Buffer | null;
  /** Takes the body of an answer with status 200; says what is wrong with it, or null. */
  answered(body: string): string | null;
}

// Shared by all connections: the callback has used up the bytes before the next read begins.
const chunk = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Asks one request after another on one connection, and resolves when there is none left.
 * It reads with `onread`, past the stream machinery: a generator must be cheaper than the server.
 * Rejects with the first thing that is not right; bytes that nobody asked for are not right.
 */
export function converse(host: string, port: number, turns: Turns): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending = '';
    let waiting = false;

    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(reason));
    };
    const send = () => {
      const request = turns.next();
      waiting = request !== null;
      if (request !== null) socket.write(request);
      else socket.end();
    };
    const read = (text: string) => {
      if (!waiting) return fail(`bytes came that nobody asked for: ${excerpt(text)}`);
      const answer = parseAnswer(text);
      if (answer === null) {
        pending = text;
        return;
      }
      pending = '';
      const wrong = 'wrong' in answer ? answer.wrong : turns.answered(answer.body);
      if (wrong === null) send();
      else fail(`${wrong}: ${excerpt(text)}`);
    };

    const socket = connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: chunk,
        callback: (bytes) => {
          const text = chunk.toString('latin1', 0, bytes);
          read(pending === '' ? text : pending + text);
          return true;
        },
      },
    });
    socket.once('connect', send);
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => {
      if (waiting) fail(`the connection was closed before the answer: ${excerpt(pending)}`);
      else resolve();
    });
  });
}

type Answer = { readonly body: string } | { readonly wrong: string };

/** Reads one answer, framed by its Content-Length; null while it is not complete. */
function parseAnswer(text: string): Answer | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text.slice(0, headEnd + 2))?.[1];
  if (length === undefined) return { wrong: 'an answer has no content-length' };
  const bodyStart = headEnd + 4;
  const missing = bodyStart + Number(length) - text.length;
  if (missing > 0) return null;
  if (missing < 0) return { wrong: 'an answer is longer than its content-length' };
  if (!text.startsWith('HTTP/1.1 200 ')) return { wrong: 'an answer has not the status 200' };
  return { body: text.slice(bodyStart) };
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}…` : text);
}
