import { describe, expect, test } from 'vitest';
import { createWorld } from './control-world.ts';

const codeOf = (json: { type: string }) => json.type.replace('urn:modal-emulator:problem:', '');

describe('Host on loopback', () => {
  test.each([
    'localhost',
    'localhost:8000',
    'LOCALHOST:8000',
    'a.b.localhost:1',
    '127.0.0.1',
    '127.255.0.9:65535',
    '[::1]',
    '[::1]:8000',
  ])('%s is this machine', async (host) => {
    const { send } = createWorld();
    expect((await send('GET /__admin/version', { headers: { host } })).status).toBe(200);
  });

  test.each([
    'evil.test',
    'evil.test:8000',
    'localhost.evil.test',
    'evillocalhost',
    '127.0.0.1.evil.test',
    '127.0.0.256',
    '127.1',
    '0.0.0.0:8000',
    '192.168.0.7:8000',
    '[::2]',
    '[::ffff:127.0.0.1]',
    '::1',
    'localhost@evil.test',
    'localhost, evil.test',
    'localhost:8000:9',
    'localhost:x',
    'localhost/',
    '.localhost',
    '',
  ])('"%s" is refused everywhere, health included', async (host) => {
    const { sendJson } = createWorld({ token: 'secret' });
    const headers = { host, authorization: 'Bearer secret' };
    for (const line of ['GET /__admin/health', 'POST /__admin/reset', 'OPTIONS /__admin/x']) {
      const { status, json } = await sendJson(line, { headers });
      expect([status, codeOf(json)]).toEqual([403, 'foreign-host']);
      expect(json.detail).toContain(`Failed to accept host "${host}"`);
    }
  });

  test("without a Host header the URL's host counts", async () => {
    const { send } = createWorld();
    expect((await send('GET /__admin/version', { host: '127.0.0.1:8000' })).status).toBe(200);
    expect((await send('GET /__admin/version', { host: 'emulator.test' })).status).toBe(403);
    const headers = { host: 'evil.test' };
    expect((await send('GET /__admin/version', { host: 'localhost', headers })).status).toBe(403);
  });
});

describe('pages of other sites', () => {
  test.each([
    ['http://localhost:8000', 'localhost:8000', 200],
    ['https://localhost:8000', 'localhost:8000', 200],
    ['HTTP://LocalHost:8000', 'localhost:8000', 200],
    ['http://localhost', 'localhost', 200],
    ['http://localhost', 'localhost:80', 200],
    ['https://localhost', 'localhost:443', 200],
    ['http://[::1]:8000', '[::1]:8000', 200],
    ['http://localhost:3000', 'localhost:8000', 403],
    ['http://localhost', 'localhost:8000', 403],
    ['http://localhost:8000', 'localhost', 403],
    ['http://127.0.0.1:8000', 'localhost:8000', 403],
    ['http://evil.test', 'localhost:8000', 403],
    ['http://localhost:8000.evil.test', 'localhost:8000', 403],
    ['http://evil.test@localhost:8000', 'localhost:8000', 403],
    ['http://localhost:8000/', 'localhost:8000', 403],
    ['file://localhost:8000', 'localhost:8000', 403],
    ['localhost:8000', 'localhost:8000', 403],
    ['null', 'localhost:8000', 403],
    ['', 'localhost:8000', 403],
  ])('origin "%s" at host %s: %i', async (origin, host, expected) => {
    const { sendJson } = createWorld();
    const { status, json } = await sendJson('GET /__admin/version', { headers: { origin, host } });
    expect(status).toBe(expected);
    if (expected === 403) expect(codeOf(json)).toBe('foreign-origin');
  });

  test.each([
    ['same-origin', 200],
    ['none', 200],
    ['same-site', 403],
    ['cross-site', 403],
    ['new-word', 403],
  ])('Sec-Fetch-Site %s: %i', async (site, expected) => {
    const { send } = createWorld();
    const headers = { 'sec-fetch-site': site };
    expect((await send('GET /__admin/requests', { headers })).status).toBe(expected);
  });

  test('a refused request changes nothing', async () => {
    const { send, arrive, journal } = createWorld();
    arrive();
    const headers = { origin: 'https://evil.test' };
    await send('DELETE /__admin/requests', { headers });
    await send('POST /__admin/reset', { headers });
    await send('POST /__admin/reset', { headers: { 'content-type': 'text/plain' } });
    await send('POST /__admin/reset', { body: { extra: true } });
    expect(journal.total).toBe(1);
  });

  test('no answer has a CORS header, and all are private', async () => {
    const { send } = createWorld();
    const preflight = {
      origin: 'http://localhost:8000',
      'access-control-request-method': 'DELETE',
      'access-control-request-private-network': 'true',
    };
    const answers = [
      await send('OPTIONS /__admin/requests', { headers: preflight }),
      await send('OPTIONS /__admin/requests', {
        headers: { ...preflight, origin: 'https://evil.test' },
      }),
      await send('GET /__admin/requests', { headers: { origin: 'http://localhost:8000' } }),
      await send('HEAD /__admin/health'),
      await send('GET /__admin/nowhere'),
      await send('PUT /__admin/health'),
      await send('GET /__admin/health', { headers: { host: 'evil.test' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 403, 200, 200, 404, 405, 403]);
    for (const { headers } of answers) {
      const names = [...headers.keys()];
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(answers[0]?.headers.get('allow')).toBe('GET, HEAD, DELETE, OPTIONS');
  });
});
