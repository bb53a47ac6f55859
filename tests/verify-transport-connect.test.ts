import { readFileSync } from 'node:fs';
import { createServer, type LookupFunction, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { describe, expect, test, vi } from 'vitest';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { connectFailure } from '../src/verify/node/transport/connect-failure.ts';
import { tlsFailure } from '../src/verify/node/transport/tls-failure.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import { LIMITS, postTo } from './mutants/probe.ts';
import { type Answer, startRawServer } from './mutants/raw-server.ts';

const ok: Answer = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');

/** A port that nothing listens on: it was free a moment ago. */
async function freePort(): Promise<number> {
  const server = await startRawServer(ok);
  await server.close();
  return server.port;
}

/** Resolves every name to these addresses. */
function lookupTo(...addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return (_name, _options, callback) => callback(null, all);
}

/** Fails as the system's resolver does. */
function lookupError(code: string): LookupFunction {
  const error = Object.assign(new Error(code), { code, syscall: 'getaddrinfo' });
  return (_name, _options, callback) => callback(error, []);
}

const hasIpv6 = await new Promise<boolean>((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen(0, '::1', () => server.close(() => resolve(true)));
});

describe('a name', () => {
  test.each([
    ['ENOTFOUND', 'The name "nowhere.example" does not exist', 'Check the spelling'],
    ['EAI_AGAIN', 'No name server could be asked for "nowhere.example"', 'Check the network'],
    ['EAI_FAIL', 'The name "nowhere.example" could not be resolved (EAI_FAIL).', undefined],
  ])('that is not resolved (%s) says so', async (code, detail, hint) => {
    const send = createNodeTransport({ lookup: lookupError(code) });
    const exchanged = await send(postTo('http://nowhere.example/'), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'dns', partial: null });
    expect(exchanged).toHaveProperty('detail', expect.stringContaining(detail));
    if (hint !== undefined) expect(exchanged).toHaveProperty('hint', expect.stringContaining(hint));
  });

  test('of the reserved kind does not exist for the system either', async () => {
    const exchanged = await createNodeTransport()(postTo('http://nowhere.invalid/'), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'dns' });
  });

  test('that is never resolved ends at the time-out for connecting', async () => {
    const clock = createVirtualClock();
    const send = createNodeTransport({ clock, lookup: () => {} });
    const exchanged = send(postTo('http://slow.example/'), LIMITS);
    await clock.whenSleeping();
    await clock.advance(LIMITS.connectTimeoutMs);
    expect(await exchanged).toMatchObject({
      code: 'connect-timeout',
      detail: 'slow.example:80 could not be connected to within 10 s.',
      timings: { connectedMs: null, firstByteMs: null, endedMs: 10_000 },
    });
    expect(clock.sleeping).toBe(0);
  });

  test('with a wrong address before the right one is reached', async () => {
    const { port } = await startRawServer(ok);
    const send = createNodeTransport({ lookup: lookupTo('::1', '127.0.0.1') });
    const exchanged = await send(postTo(`http://two.example:${port}/`), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'answer', status: 200 });
  });

  test.skipIf(!hasIpv6)('all of whose addresses refuse names each of them', async () => {
    const port = await freePort();
    const send = createNodeTransport({ lookup: lookupTo('::1', '127.0.0.1') });
    expect(await send(postTo(`http://two.example:${port}/`), LIMITS)).toMatchObject({
      code: 'refused',
      detail: `Nothing listens on [::1]:${port} and 127.0.0.1:${port}: the connection was refused.`,
    });
  });
});

describe('an address', () => {
  test('that refuses says so', async () => {
    const port = await freePort();
    const exchanged = await createNodeTransport()(postTo(`http://127.0.0.1:${port}/`), LIMITS);
    expect(exchanged).toMatchObject({
      kind: 'failure',
      code: 'refused',
      detail: `Nothing listens on 127.0.0.1:${port}: the connection was refused.`,
      partial: null,
      timings: { connectedMs: null, firstByteMs: null },
    });
  });

  test.skipIf(!hasIpv6)('of IPv6 is reached, and named in brackets', async () => {
    const server = await startRawServer(ok, { host: '::1' });
    expect(await createNodeTransport()(postTo(server.url), LIMITS)).toMatchObject({ status: 200 });
    await server.close();
    expect(await createNodeTransport()(postTo(server.url), LIMITS)).toMatchObject({
      code: 'refused',
      detail: `Nothing listens on [::1]:${server.port}: the connection was refused.`,
    });
  });

  /** What the system says, as Node hands it on. */
  const systemError = (code: string, address: string) =>
    Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect', address, port: 80 });
  const url = new URL('http://two.example/');

  test.each([
    [['EHOSTUNREACH'], 'unreachable', '(EHOSTUNREACH)'],
    [['ENETUNREACH'], 'unreachable', '(ENETUNREACH)'],
    [['EADDRNOTAVAIL'], 'unreachable', '(EADDRNOTAVAIL)'],
    [['EACCES'], 'unreachable', '(EACCES)'],
    [['ETIMEDOUT'], 'connect-timeout', '10.0.0.0:80'],
    [['ECONNRESET'], 'reset', '10.0.0.0:80'],
    [['ENETUNREACH', 'ECONNREFUSED'], 'refused', '10.0.0.0:80 and 10.0.0.1:80'],
    [['ENETUNREACH', 'ETIMEDOUT'], 'connect-timeout', '10.0.0.0:80 and 10.0.0.1:80'],
  ])('that fails with %j is %s', (codes, code, words) => {
    const errors = codes.map((one, index) => systemError(one, `10.0.0.${index}`));
    const error = errors.length === 1 ? errors[0] : new AggregateError(errors);
    const failure = connectFailure(error, url, 'connect');
    expect(failure).toMatchObject({ code, detail: expect.stringContaining(words) });
  });
});

const pem = (name: string) => readFileSync(new URL(`tls/${name}.pem`, import.meta.url), 'utf8');
const key = pem('leaf-key');
const ca = pem('ca');

describe('TLS', () => {
  /** What comes of a request to `https://localhost` with this certificate. */
  async function exchange(tls: TlsOptions, trust: string | null = ca) {
    const { port } = await startRawServer(ok, { tls: { key, ...tls } });
    const send = createNodeTransport({
      lookup: lookupTo('127.0.0.1'),
      ...(trust === null ? {} : { tls: { ca: trust } }),
    });
    return send(postTo(`https://localhost:${port}/`), LIMITS);
  }

  test('with a certificate that is trusted leads to an answer', async () => {
    const exchanged = await exchange({ cert: pem('good') });
    expect(exchanged).toMatchObject({ kind: 'answer', status: 200 });
    expect(exchanged.timings.connectedMs).not.toBeNull();
  });

  test('works with an address in place of a name', async () => {
    const { url } = await startRawServer(ok, { tls: { key, cert: pem('good') } });
    const exchanged = await createNodeTransport({ tls: { ca } })(postTo(url), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'answer', status: 200 });
  });

  test('works where the first address refuses', async () => {
    const { port } = await startRawServer(ok, { tls: { key, cert: pem('good') } });
    const send = createNodeTransport({ lookup: lookupTo('::1', '127.0.0.1'), tls: { ca } });
    const exchanged = await send(postTo(`https://localhost:${port}/`), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'answer', status: 200 });
  });

  test.each([
    ['expired', 'expired', ca, 'has expired', 'Renew it'],
    ['for another name', 'other-name', ca, 'not for this name (DNS:other.example)', 'Use the name'],
    ['signed by itself', 'self-signed', ca, 'is signed by itself', 'NODE_EXTRA_CA_CERTS'],
    ['of an unknown authority', 'good', null, 'an authority that is not trusted', 'NODE_EXTRA_CA'],
  ])('with a certificate that is %s is refused', async (_what, cert, trust, words, hint) => {
    const exchanged = await exchange({ cert: pem(cert) }, trust);
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'tls', partial: null });
    expect(exchanged).toHaveProperty('detail', expect.stringContaining(words));
    expect(exchanged).toHaveProperty('hint', expect.stringContaining(hint));
  });

  test('is verified whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const exchanged = await exchange({ cert: pem('self-signed') }).finally(() =>
      vi.unstubAllEnvs(),
    );
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'tls' });
  });

  test.each<[string, TlsOptions, string]>([
    [
      'an old version',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' },
      'no version of TLS',
    ],
    [
      "a client's certificate",
      { requestCert: true, rejectUnauthorized: true },
      "client's certificate",
    ],
    ['another protocol', { ALPNProtocols: ['h2'] }, 'no HTTP/1.1 over TLS'],
    [
      'a cipher of its own',
      { ciphers: 'AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
      'no way of encryption',
    ],
  ])('that wants %s says so', async (_what, tls, words) => {
    const exchanged = await exchange({ cert: pem('good'), ...tls });
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'tls' });
    expect(exchanged).toHaveProperty('detail', expect.stringContaining(words));
  });

  test.each<[string, (socket: Socket) => void, string]>([
    [
      'answers in HTTP',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'does not speak TLS',
    ],
    ['closes', (socket) => socket.end(), 'closed the connection in the middle'],
    ['resets', (socket) => socket.resetAndDestroy(), 'closed the connection in the middle'],
    ['answers nonsense', (socket) => socket.end(Buffer.alloc(100, 7)), 'TLS'],
  ])('with a port that %s says so', async (_what, answer, words) => {
    const onConnection = (socket: Socket) => void socket.once('data', () => answer(socket));
    const { port } = await startRawServer(ok, { onConnection });
    const exchanged = await createNodeTransport()(postTo(`https://127.0.0.1:${port}/`), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'tls' });
    expect(exchanged).toHaveProperty('detail', expect.stringContaining(words));
  });

  test('that is never agreed on ends at the time-out for connecting', async () => {
    const clock = createVirtualClock();
    let greet = () => {};
    const greeted = new Promise<void>((resolve) => {
      greet = resolve;
    });
    const onConnection = (socket: Socket) => void socket.once('data', () => greet());
    const { port } = await startRawServer(ok, { onConnection });
    const send = createNodeTransport({ clock });
    const exchanged = send(postTo(`https://127.0.0.1:${port}/`), LIMITS);
    await greeted;
    await clock.advance(LIMITS.connectTimeoutMs);
    expect(await exchanged).toMatchObject({
      code: 'connect-timeout',
      detail: `127.0.0.1:${port} accepted the connection, but TLS was not agreed on within 10 s.`,
    });
    expect(clock.sleeping).toBe(0);
  });

  test('spoken on the port that plain HTTP goes to is known again', async () => {
    const { port } = await startRawServer(ok, { tls: { key, cert: pem('good') } });
    const exchanged = await createNodeTransport()(postTo(`http://127.0.0.1:${port}/`), LIMITS);
    expect(exchanged.kind).toBe('failure');
  });

  test('never shows more of a certificate than fits', () => {
    const error = Object.assign(new Error(`... altnames: ${'DNS:a.example, '.repeat(1000)}`), {
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(tlsFailure(error, new URL('https://x.example/')).detail.length).toBeLessThan(300);
  });
});
