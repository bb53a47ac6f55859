import { describe, expect, test } from 'vitest';
import { createPromptClient } from '../src/contract/client.ts';
import { answerJson, createTimer, failureOf, startAnswering } from './client-world.ts';

const TOKEN = '__modal_attempt_token=eyJhbGciOiJIUzI1NiI';
const CREDENTIALS = { modalKey: 'wk-0123456789', modalSecret: 'ws-9876543210' };

/** As Modal's front does: nothing in the body. */
const redirectTo = (location: string, status = 303) => ({
  status,
  headers: { location, 'content-length': '0' },
});

describe('a 303', () => {
  // Which of these Modal sends is not known; clients resolve it.
  test.each<[form: string, location: (url: string) => string]>([
    ['absolute', (url) => `${url}run?${TOKEN}`],
    ['a path', () => `/run?${TOKEN}`],
    ['a query alone', () => `?${TOKEN}`],
  ])('is followed with GET, its Location %s', async (_form, location) => {
    const server = await startAnswering((response, { target }, count) => {
      if (count === 3) return answerJson(response, { prompt: 'late' });
      const { status, headers } = redirectTo(location(server.url), 303);
      expect(target).toMatch(/^\/run/);
      response.writeHead(status, headers).end();
    });
    const client = createPromptClient({ url: `${server.url}run`, ...CREDENTIALS });
    const result = await client.ask('Why?', { headers: { 'X-Trace': 'one' } });
    expect(result).toMatchObject({ ok: true, text: 'late' });

    const [first, ...others] = server.seen;
    expect(first).toMatchObject({ method: 'POST', target: '/run', body: '{"prompt":"Why?"}' });
    expect(others.map(({ method, target, body }) => ({ method, target, body }))).toEqual(
      Array.from({ length: 2 }, () => ({ method: 'GET', target: `/run?${TOKEN}`, body: '' })),
    );
    for (const { headers } of server.seen) {
      expect(headers).toMatchObject({
        'modal-key': CREDENTIALS.modalKey,
        'modal-secret': CREDENTIALS.modalSecret,
        'x-trace': 'one',
      });
    }
    expect(others.map(({ headers }) => headers['content-type'])).toEqual([undefined, undefined]);
  });

  test('for ever is too many', async () => {
    const server = await startAnswering((response, _seen, count) => {
      const { status, headers } = redirectTo(`/?secret-hop=${count}`);
      response.writeHead(status, headers).end();
    });
    const client = createPromptClient({ url: server.url, redirectsMax: 3 });
    const failure = failureOf(await client.ask('Why?'), 'redirect');
    expect(failure).toMatchObject({
      reason: 'too-many',
      status: 303,
      hops: 3,
      location: `${server.url}?secret-hop=4`,
    });
    expect(failure.message).toContain('after 3 redirects');
    expect(failure.message).not.toContain('secret-hop');
    expect(server.seen).toHaveLength(4);
  });

  test.each([
    [0, 1],
    [undefined, 21],
  ])('is followed %s times at most', async (redirectsMax, requests) => {
    const server = await startAnswering((response) => {
      response.writeHead(303, { location: '/' }).end();
    });
    const client = createPromptClient({ url: server.url, redirectsMax });
    expect(failureOf(await client.ask('Why?'), 'redirect').reason).toBe('too-many');
    expect(server.seen).toHaveLength(requests);
  });

  test('to another origin is not followed, so that it gets no credentials', async () => {
    const thief = await startAnswering((response) => answerJson(response, { prompt: 'thanks' }));
    const server = await startAnswering((response) => {
      response.writeHead(303, { location: thief.url }).end();
    });
    const client = createPromptClient({ url: server.url, ...CREDENTIALS });
    const failure = failureOf(await client.ask('Why?'), 'redirect');
    expect(failure).toMatchObject({ reason: 'other-origin', location: thief.url, hops: 0 });
    expect(failure.message).toContain(`sent to "${thief.url}", another origin`);
    expect(thief.seen).toEqual([]);
  });

  test.each<[location: string | undefined, reason: string]>([
    [undefined, 'no-location'],
    ['http://[', 'bad-location'],
    ['mailto:somebody', 'bad-location'],
    ['//user:password@127.0.0.1/', 'bad-location'],
  ])('with the Location %s is a failure', async (location, reason) => {
    const server = await startAnswering((response) => {
      response.writeHead(303, location === undefined ? {} : { location }).end();
    });
    const client = createPromptClient({ url: server.url });
    const failure = failureOf(await client.ask('Why?'), 'redirect');
    expect(failure).toMatchObject({ reason, location: location ?? null });
    expect(failure.message).toMatch(/303.+ Correct the endpoint\.$/);
    expect(failure.message).not.toContain('password');
  });

  test('leads to a failure of the function as well', async () => {
    const server = await startAnswering((response, _seen, count) => {
      if (count === 1) return response.writeHead(303, { location: `/?${TOKEN}` }).end();
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('modal-http: internal error: function execution timed out\n');
    });
    const failure = failureOf(await createPromptClient({ url: server.url }).ask('?'), 'status');
    expect(failure.edge?.name).toBe('function-timeout');
  });

  test('does not begin the time again', async () => {
    const timer = createTimer();
    const server = await startAnswering((response, _seen, count) => {
      if (count < 3) response.writeHead(303, { location: `/?${TOKEN}` }).end();
      // The second result URL is held, as Modal holds it.
      else timer.pass();
    });
    const signalAfter = timer.signalAfter.bind(timer);
    const client = createPromptClient({ url: server.url, timeoutMs: 300_000, signalAfter });
    const failure = failureOf(await client.ask('Why?'), 'timeout');
    expect(failure).toMatchObject({ timeoutMs: 300_000, phase: 'head', hops: 2 });
    expect(failure.message).toContain('no answer came within 300000 ms, after 2 redirects.');
    expect(timer.durationsMs).toEqual([300_000]);
  });
});

describe('another redirect', () => {
  test.each([301, 302, 307, 308])('%d is told, and not followed', async (status) => {
    const server = await startAnswering((response) => {
      response.writeHead(status, { location: '/moved?token=hidden' }).end('Moved.');
    });
    const client = createPromptClient({ url: server.url });
    const failure = failureOf(await client.ask('Why?'), 'redirect');
    const location = `${server.url}moved`;
    expect(failure).toMatchObject({
      reason: 'not-303',
      status,
      location: `${location}?token=hidden`,
    });
    expect(failure.message).toContain(
      `it answered ${status} and sent to "${location}". Use that URL in the first place.`,
    );
    expect(server.seen).toHaveLength(1);
  });

  test('that a browser hides is told as such', async () => {
    // Sound: a browser's answer to `redirect: 'manual'`, of what is looked at.
    const hidden = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null };
    const fetch = async ({ redirect }: Request) => {
      expect(redirect).toBe('manual');
      return hidden as Response;
    };
    const client = createPromptClient({ url: 'https://you--llm-web.modal.run/', fetch });
    const failure = failureOf(await client.ask('Why?'), 'redirect');
    expect(failure).toMatchObject({ reason: 'hidden', status: 0, location: null });
    expect(failure.message).toMatch(/browsers hide where to\. Ask from a server: .+150 seconds/);
  });
});
