import { expect, test } from 'vitest';
import { equalsSecret } from '../src/emulator/control/token.ts';
import { createWorld } from './control-world.ts';

const codeOf = (json: { type: string }) => json.type.replace('urn:modal-emulator:problem:', '');

test.each([
  ['Bearer secret', 200],
  ['bearer   secret', 200],
  ['Bearer Secret', 401],
  ['Bearer secre', 401],
  ['Bearer secretsecret', 401],
  ['Bearer ', 401],
  ['Basic secret', 401],
  ['secret', 401],
  [undefined, 401],
])('Authorization "%s": %i, on loopback and elsewhere', async (authorization, expected) => {
  for (const isLoopback of [true, false]) {
    const { sendJson } = createWorld({ token: 'secret', isLoopback });
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const { status, json, headers: answered } = await sendJson('GET /__admin', { headers });
    expect(status).toBe(expected);
    if (expected === 200) continue;
    expect(codeOf(json)).toMatch(/^token-(missing|wrong)$/);
    expect(answered.get('www-authenticate')).toMatch(/^Bearer realm="modal-emulator"/);
    expect(json.detail).not.toContain('secret');
  }
});

test('every path but health asks for it, unknown ones and OPTIONS too', async () => {
  const { send } = createWorld({ token: 'secret', isLoopback: false });
  expect((await send('GET /__admin/health')).status).toBe(200);
  expect((await send('GET /__admin/%68ealth')).status).toBe(200);
  for (const line of [
    'GET /__admin',
    'GET /__admin/ready',
    'GET /__admin/requests',
    'POST /__admin/reset',
    'OPTIONS /__admin/requests',
    'GET /__admin/nowhere',
    'GET /__admin/health/x',
    'GET /__admin/requests/wait?x=/__admin/health',
  ]) {
    expect((await send(line)).status, line).toBe(401);
  }
});

test('elsewhere than on loopback the token stands for the Host, not for the Origin', async () => {
  const { send } = createWorld({ token: 'secret', isLoopback: false });
  const headers = { host: 'emulator.test:8000', authorization: 'Bearer secret' };
  const status = async (more: Record<string, string>) =>
    (await send('GET /__admin', { headers: { ...headers, ...more } })).status;
  expect(await status({})).toBe(200);
  expect(await status({ origin: 'https://emulator.test:8000' })).toBe(200);
  expect(await status({ origin: 'https://evil.test' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
});

test.each([null, ''])('elsewhere than on loopback the token %j opens nothing', async (token) => {
  const { sendJson } = createWorld({ token, isLoopback: false });
  for (const authorization of ['', 'Bearer', 'Bearer null', 'Bearer x']) {
    const { status, json } = await sendJson('GET /__admin', { headers: { authorization } });
    expect([status, codeOf(json)]).toEqual([403, 'token-not-set']);
  }
});

test('secrets are compared whole', () => {
  expect(equalsSecret('a', 'a')).toBe(true);
  expect(equalsSecret('ä€😀', 'ä€😀')).toBe(true);
  // A secret is repeated inside to compare with longer words; that must not make them equal.
  expect(equalsSecret('abab', 'ab')).toBe(false);
  expect(equalsSecret('a', 'ab')).toBe(false);
  expect(equalsSecret('', 'ab')).toBe(false);
  expect(equalsSecret('', '')).toBe(false);
  expect(equalsSecret('a', '')).toBe(false);
  const long = 'x'.repeat(300);
  for (let index = 0; index < long.length; index += 1) {
    const other = `${long.slice(0, index)}y${long.slice(index + 1)}`;
    expect(equalsSecret(other, long)).toBe(false);
  }
});
