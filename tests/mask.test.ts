import { describe, expect, test } from 'vitest';
import { MASK, maskBody, maskHeaders, maskReplyHeaders, maskTarget } from '../src/emulator/mask.ts';

const SECRET = 'sk-4711';

describe('headers', () => {
  test.each([
    'Authorization',
    'AUTHORIZATION',
    'proxy-authorization',
    'Cookie',
    'Modal-Key',
    'Modal-Secret',
    'X-Api-Key',
    'api-key',
    'X-Auth-Token',
    'X-Goog-Api-Key',
    'X-Amz-Security-Token',
    'X-Hub-Signature',
    'X-Client-Secret',
  ])('%s is masked', (name) => {
    expect(maskHeaders(['Host', 'h', name, SECRET])).toBe(`Host\nh\n${name}\n${MASK}`);
    expect(maskReplyHeaders([[name, SECRET]])).toEqual([[name, MASK]]);
  });

  test.each(['Content-Type', 'X-Request-Id', 'Keep-Alive', 'Author', 'X-Tokens-Used'])(
    '%s is not',
    (name) => {
      const headers = [name, 'plain'];
      // The very list: most requests have no secrets, and nothing is copied for them.
      expect(maskHeaders(headers)).toBe(headers.join('\n'));
    },
  );

  test('every one of a repeated name', () => {
    expect(maskHeaders(['cookie', 'a', 'Cookie', 'b'])).toBe(`cookie\n${MASK}\nCookie\n${MASK}`);
  });

  test('the list that was given stays as it was', () => {
    const headers = ['Cookie', SECRET];
    maskHeaders(headers);
    expect(headers).toEqual(['Cookie', SECRET]);
  });
});

describe('the query', () => {
  test.each([
    [`/?api_key=${SECRET}&prompt=hi`, `/?api_key=${MASK}&prompt=hi`],
    [`/?prompt=hi&accessToken=${SECRET}`, `/?prompt=hi&accessToken=${MASK}`],
    [`/?token=${SECRET}=${SECRET}`, `/?token=${MASK}`],
    [`/?token=&key=${SECRET}&key=${SECRET}`, `/?token=${MASK}&key=${MASK}&key=${MASK}`],
    [`/?client-secret=${SECRET}`, `/?client-secret=${MASK}`],
    [`/?api%5Fkey=${SECRET}`, `/?api%5Fkey=${MASK}`],
  ])('%s', (target, masked) => {
    expect(maskTarget(target).text).toBe(masked);
  });

  test.each(['/', '/token=1', '/?prompt=token=1', '/?max_new_tokens=5', '/?monkey=1', '/?'])(
    '%s stays',
    (target) => {
      expect(maskTarget(target).text).toBe(target);
    },
  );
});

describe('a body', () => {
  test.each([
    [`{"api_key":"${SECRET}"}`, `{"api_key":"${MASK}"}`],
    [`{"apiKey" :\n "${SECRET}", "a":1}`, `{"apiKey" :\n "${MASK}", "a":1}`],
    [`{"a":{"hf_token":"${SECRET}"}}`, `{"a":{"hf_token":"${MASK}"}}`],
    [
      `[{"password":"${SECRET}"},{"PASSWD":"${SECRET}"}]`,
      `[{"password":"${MASK}"},{"PASSWD":"${MASK}"}]`,
    ],
    [`{"openai-secret":"a\\"${SECRET}"}`, `{"openai-secret":"${MASK}"}`],
    [`{"accessToken":"${SECRET}","jwt":"${SECRET}"}`, `{"accessToken":"${MASK}","jwt":"${MASK}"}`],
    [`{"prompt":"x","signature":"${SECRET}"}`, `{"prompt":"x","signature":"${MASK}"}`],
  ])('%s', (text, masked) => {
    expect(maskBody(text).text).toBe(masked);
  });

  const whole = `{"prompt":"hi","api_key":"a\\n${SECRET}\\u00e9${SECRET}`;

  test('a number', () => {
    expect(maskBody('{"key":5,"token": -1.5e3}').text).toBe(`{"key":"${MASK}","token": "${MASK}"}`);
  });

  test('a string that the clip cut off, wherever it did', () => {
    const begin = whole.indexOf(':"a') + 2;
    for (let end = begin + 1; end <= whole.length; end += 1) {
      const masked = maskBody(whole.slice(0, end)).text;
      expect(masked, `cut to ${whole.slice(0, end)}`).toBe(`{"prompt":"hi","api_key":"${MASK}"`);
    }
  });

  test.each([
    '{"max_new_tokens":64,"tokens":5}',
    '{"token_count":"12","keyboard":"qwerty","monkey":"see"}',
    '{"prompt":"my api_key is secret, the token too"}',
    '{"prompt":"what does \\"password\\":\\"x\\" mean?"}',
    '{"token":null,"secret":true}',
    'token',
    '',
  ])('%s stays', (text) => {
    expect(maskBody(text).text).toBe(text);
  });

  test('takes time in proportion to a text that is full of quotes', () => {
    const text = `token${'"\\"'.repeat(100_000)}`;
    expect(maskBody(text).text).toBe(text);
  });
});
