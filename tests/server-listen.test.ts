import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import { type ServeOptions, serve } from '../src/emulator/node/index.ts';
import { openClient, postBytes, startServer, statusOfNext } from './server-client.ts';

test.each<readonly [ServeOptions, string, RegExp]>([
  [{ port: 65_536 }, 'listen-err-socket-bad-port', /"127.0.0.1:65536": there is no such port/],
  [{ port: -1 }, 'listen-err-socket-bad-port', /Choose a port from 0 to 65535/],
  [{ port: 1.5 }, 'listen-err-socket-bad-port', /"127.0.0.1:1.5"/],
  [{ port: Number.NaN }, 'listen-err-socket-bad-port', /"127.0.0.1:NaN"/],
  [{ host: '192.0.2.1' }, 'listen-eaddrnotavail', /"192.0.2.1:0": this machine has no such/],
  [{ host: '2001:db8::1' }, 'listen-eaddrnotavail', /"\[2001:db8::1\]:0": this machine has no/],
  [{ host: 'no such host' }, 'listen-enotfound', /"no such host:0": the name does not resolve/],
  [{ host: '[::1]' }, 'listen-enotfound', /"\[::1\]:0": the name does not resolve/],
  [{ host: '' }, 'invalid-serve-options', /Failed to listen on "": it is no address/],
  [{ connectionsMax: 0 }, 'invalid-serve-options', /connectionsMax "0": it is not a whole number/],
  [{ bodiesMaxBytes: Number.NaN }, 'invalid-serve-options', /bodiesMaxBytes "NaN"/],
  [{ headersTimeoutMs: -1 }, 'invalid-serve-options', /headersTimeoutMs "-1"/],
  [{ requestTimeoutMs: 0.5 }, 'invalid-serve-options', /requestTimeoutMs "0.5"/],
])('%j is a usage error', async (options, code, message) => {
  const serving = serve(createEmulator(), { port: 0, ...options });
  await expect(serving).rejects.toMatchObject({ name: 'UsageError', code });
  await expect(serving).rejects.toThrow(message);
});

test('a port in use is a usage error, and does not disturb who uses it', async () => {
  const { port } = await startServer();
  await expect(serve(createEmulator(), { port })).rejects.toMatchObject({
    name: 'UsageError',
    code: 'listen-eaddrinuse',
    message:
      `Failed to listen on "127.0.0.1:${port}": the port is in use. ` +
      'Stop the other program, or choose another port: --port 0 takes a free one.',
  });
  expect(await statusOfNext(port)).toBe(200);
});

test.each(['127.0.0.1', '0.0.0.0', 'localhost', '::1', '::'])('%s has a URL', async (host) => {
  const control = { token: 'a-token', isLoopback: false };
  const { server } = await startServer({}, { control }, { host });
  const { hostname, port } = new URL(server.url);
  expect(server.url.endsWith('/')).toBe(false);
  expect(Number(port)).toBe(server.port);
  expect(hostname).toBe(server.host.includes(':') ? `[${server.host}]` : server.host);
  const response = await fetch(server.url, { method: 'POST', body: '{}' });
  expect(response.status).toBe(422);
});

test('an address that others can reach needs a token', async () => {
  await expect(serve(createEmulator(), { port: 0, host: '0.0.0.0' })).rejects.toMatchObject({
    code: 'control-unguarded',
  });
});

test('connections beyond the limit are closed, the others go on', async () => {
  const { port } = await startServer({}, {}, { connectionsMax: 3 });
  const taken = await Promise.all([openClient(port), openClient(port), openClient(port)]);
  for (const client of taken) await client.send(postBytes('hi'));
  for (const client of taken) await client.answers(1);
  const refused = await openClient(port);
  expect(await refused.rest()).toBe('');
  taken[0]?.socket.destroy();
  await taken[0]?.closed;
  // One place is free again as soon as the server has seen it, which its other clients' turns show.
  await taken[1]?.send(postBytes('hi'));
  await taken[1]?.answers(1);
  expect(await statusOfNext(port)).toBe(200);
  await taken[2]?.send(postBytes('hi'));
  expect((await taken[2]?.answers(1))?.[0]?.status).toBe(200);
});

const SERVE_IN_CHILD = `
  import { createEmulator } from '${new URL('../src/emulator/index.ts', import.meta.url)}';
  import { serve } from '${new URL('../src/emulator/node/index.ts', import.meta.url)}';
  const server = await serve(createEmulator(), { port: 0 });
  console.log(server.port);
  process.stdin.once('end', () => server.close({ drainTimeoutMs: 0 })).resume();
`;

test.skipIf(process.platform === 'win32')('running out of files ends no server', async () => {
  const command = 'ulimit -n 64 && exec "$0" --input-type=module -e "$1"';
  const child = spawn('sh', ['-c', command, process.execPath, SERVE_IN_CHILD], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const port = Number(line);
  const sockets = Array.from({ length: 100 }, () =>
    connect(port, '127.0.0.1').on('error', () => {}),
  );
  // Those that found no place are closed; the others are as many as there are files.
  await Promise.all(sockets.slice(64).map((socket) => once(socket, 'close')));
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map((socket) => socket.closed || once(socket, 'close')));
  // The child needs a moment to see that they are gone, and closes what comes before.
  await vi.waitFor(async () => expect(await statusOfNext(port)).toBe(200), { timeout: 10_000 });
  child.stdin.end();
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(0);
});
