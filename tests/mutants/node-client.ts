import { request } from 'node:http';
import { Duplex } from 'node:stream';

/** What Node's own client makes of bytes. */
export type NodeRead =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: string[];
      readonly body: string;
    }
  | { readonly kind: 'failure'; readonly reason: string };

/** Has Node's client read an answer that ends with its connection. */
export function readByNode(bytes: Buffer): Promise<NodeRead> {
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ kind: 'failure', reason });
    const wire = new Duplex({
      read() {},
      write: (_chunk, _encoding, done) => done(),
      final: (done) => done(),
    });
    const sent = request({
      method: 'POST',
      host: 'localhost',
      headers: { 'Content-Length': 0, Connection: 'close' },
      maxHeaderSize: 16_384,
      createConnection: () => wire,
    });
    sent.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    sent.on('upgrade', () => fail('upgrade'));
    sent.on('close', () => fail('closed'));
    sent.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      response.on('end', () => {
        if (!response.complete) return fail('incomplete');
        const body = Buffer.concat(parts).toString('latin1');
        const { statusCode = 0, rawHeaders } = response;
        resolve({ kind: 'answer', status: statusCode, headers: rawHeaders, body });
      });
    });
    sent.end();
    // The client reads only what comes after it has its connection.
    setImmediate(() => {
      wire.push(bytes);
      wire.push(null);
    });
  });
}
