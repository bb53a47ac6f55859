import { afterEach, expect, test, vi } from 'vitest';
import { createVirtualClock } from '../src/emulator/index.ts';
import type { Intercept } from '../src/emulator/intercept.ts';
import type { WireStep } from '../src/scenarios/outcome.ts';
import { latin1 } from '../src/scenarios/wire.ts';
import { type Door, describeDoors } from './doors.ts';
import { BODY, createInterceptor, describeError, meet, ok, wireOutcome } from './wire-world.ts';

const LENGTH = 'content-length: 19';
const CLOSED = 'SocketError other side closed UND_ERR_SOCKET';

let clock = createVirtualClock();
const interceptor = createInterceptor();
const surroundings = () => {
  clock = createVirtualClock();
  return { clock, intercept: interceptor.intercept };
};

/** Asks as a program would: over the socket with Node's own `fetch`. */
function ask(door: Door, kind: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://${door.host}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"prompt":"Why?"}',
    ...init,
  });
  return kind === 'in process' ? door.emulator.fetch(request) : fetch(request);
}

/** Moves time on when somebody waits, until the answer has come. */
async function moveTime<T>(answer: Promise<T>, ...waitsMs: readonly number[]): Promise<T> {
  for (const waitMs of waitsMs) {
    await clock.whenSleeping();
    await clock.advance(waitMs);
  }
  return answer;
}

const settled = (answer: Promise<unknown>) =>
  Promise.race([answer.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);

describeDoors(
  'a wire',
  {},
  (door, kind) => {
    afterEach(() => {
      door().emulator.reset();
      interceptor.now.intercept = null;
    });
    const outcomes = () =>
      door()
        .emulator.journal.list()
        .map(({ outcome }) => outcome);

    test('waits by the clock, before the head and in the body', async () => {
      interceptor.answerWith([150_000, ok(LENGTH), BODY.slice(0, 4), 60_000, BODY.slice(4)]);
      const began = clock.now();
      const met = await moveTime(meet(ask(door(), kind)), 149_999, 1, 60_000);
      expect(met).toMatchObject({ status: 200, body: BODY });
      expect(clock.now() - began).toBe(210_000);
    });

    test('gives what has come while it waits for more', async () => {
      interceptor.answerWith([ok(LENGTH), BODY.slice(0, 4), 1000, BODY.slice(4)]);
      const response = await ask(door(), kind);
      const reader = response.body?.getReader();
      const first = await reader?.read();
      expect(Buffer.from(first?.value ?? []).toString()).toBe(BODY.slice(0, 4));
      await clock.whenSleeping();
      const second = reader?.read();
      expect(await settled(second as Promise<unknown>)).toBe(false);
      await clock.advance(1000);
      expect(Buffer.from((await second)?.value ?? []).toString()).toBe(BODY.slice(4));
      expect((await reader?.read())?.done).toBe(true);
    });

    test('that hangs before the head is left by an abort', async () => {
      interceptor.answerWith([], 'hang', 'hang');
      const leaving = new AbortController();
      const answer = ask(door(), kind, { signal: leaving.signal });
      answer.catch(() => {});
      await interceptor.whenAsked();
      expect(await settled(answer.catch(() => {}))).toBe(false);
      leaving.abort();
      await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
      await vi.waitFor(() =>
        expect(outcomes()).toEqual([
          {
            kind: 'wire',
            fault: 'hang',
            end: 'hang',
            isWhole: true,
            bytesSent: 0,
            status: null,
            headers: [],
            body: { text: '', bytes: 0, clipped: false },
          },
        ]),
      );
    });

    test("ends with the caller's own reason, also in the body", async () => {
      interceptor.answerWith([ok(LENGTH), BODY.slice(0, 4)], 'hang');
      const leaving = new AbortController();
      const response = await ask(door(), kind, { signal: leaving.signal });
      const text = response.text();
      leaving.abort(new RangeError('too slow'));
      await expect(text).rejects.toMatchObject({ name: 'RangeError', message: 'too slow' });
    });

    test('is left in the middle of a wait at once', async () => {
      interceptor.answerWith([ok(LENGTH), 60_000, BODY], 'close', 'stall');
      const leaving = new AbortController();
      const response = await ask(door(), kind, { signal: leaving.signal });
      await clock.whenSleeping();
      leaving.abort();
      await expect(response.text()).rejects.toThrow();
      await vi.waitFor(() => expect(clock.sleeping).toBe(0));
      const headBytes = ok(LENGTH).length;
      await vi.waitFor(() =>
        expect(outcomes()).toMatchObject([
          { kind: 'wire', fault: 'stall', isWhole: false, status: 200, bytesSent: headBytes },
        ]),
      );
      expect(door().emulator.journal.get(1)?.diagnosis).toMatchObject({ exception: null });
    });

    test('is left by cancelling its body', async () => {
      interceptor.answerWith([ok(LENGTH), BODY.slice(0, 4)], 'hang');
      const response = await ask(door(), kind);
      await response.body?.cancel();
      await vi.waitFor(() => expect(outcomes()).toMatchObject([{ end: 'hang', status: 200 }]));
    });

    test.each([
      ['before the head', [], 'fetch failed'],
      ['in the body', [ok(LENGTH), BODY.slice(0, 4)], 'terminated'],
      ['in a wait', [ok(LENGTH), 60_000, BODY], 'terminated'],
    ])('that hangs %s is broken off when the emulator starts over', async (_, parts, message) => {
      interceptor.answerWith(parts, 'hang');
      const answer = ask(door(), kind);
      const met = meet(answer);
      if (message === 'terminated') await answer;
      if (parts.includes(60_000)) await clock.whenSleeping();
      if (parts.length === 0) await interceptor.whenAsked();
      door().emulator.reset();
      expect((await met).error).toBe(`TypeError ${message} < ${CLOSED}`);
      expect(outcomes()).toEqual([]);
    });

    test('that waits outside of its steps is broken off, too', async () => {
      interceptor.now.intercept = async ({ clock: exchangeClock, signal }) => {
        await exchangeClock.sleep(60_000, signal);
        return wireOutcome([ok(LENGTH), BODY]);
      };
      const met = meet(ask(door(), kind));
      await clock.whenSleeping();
      door().emulator.reset();
      expect((await met).error).toBe(`TypeError fetch failed < ${CLOSED}`);
      expect(clock.sleeping).toBe(0);
      expect(outcomes()).toEqual([]);
    });

    test('whose decision nobody waits for any more is abandoned', async () => {
      interceptor.now.intercept = async ({ clock: exchangeClock, signal }, core) => {
        await exchangeClock.sleep(60_000, signal);
        return core();
      };
      const leaving = new AbortController();
      const answer = ask(door(), kind, { signal: leaving.signal });
      answer.catch(() => {});
      await clock.whenSleeping();
      leaving.abort();
      await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
      await vi.waitFor(() => expect(outcomes()).toEqual([{ kind: 'abandoned' }]));
      expect(clock.sleeping).toBe(0);
    });

    test('made of a stream is sent as it comes, and breaks off where the stream breaks', async () => {
      async function* made(): AsyncGenerator<WireStep> {
        yield { kind: 'send', bytes: latin1(ok(LENGTH)) };
        yield { kind: 'send', bytes: latin1(BODY.slice(0, 4)) };
        throw new Error('broken on purpose');
      }
      interceptor.now.intercept = async () => ({
        kind: 'wire',
        wire: { steps: made(), end: 'close' },
        reply: null,
      });
      const met = await meet(ask(door(), kind));
      expect(met).toMatchObject({ status: 200, error: `TypeError terminated < ${CLOSED}` });
      await vi.waitFor(() =>
        expect(outcomes()).toMatchObject([{ isWhole: false, body: { bytes: 4 } }]),
      );
    });

    test('larger than what lies between two sockets is sent no faster than it is read', async () => {
      const piece = 'x'.repeat(65_536);
      let made = 0;
      function* pieces(): Generator<WireStep> {
        yield { kind: 'send', bytes: latin1(ok(`content-length: ${piece.length * 500}`)) };
        for (; made < 500; made += 1) yield { kind: 'send', bytes: latin1(piece) };
      }
      interceptor.now.intercept = async () => ({
        kind: 'wire',
        wire: { steps: pieces(), end: 'close' },
        reply: null,
      });
      const response = await ask(door(), kind);
      let last = -1;
      await vi.waitFor(
        () => {
          const previous = last;
          last = made;
          expect(previous > 0 && previous === last).toBe(true);
        },
        { interval: 100 },
      );
      expect(last).toBeLessThan(450);
      expect((await response.arrayBuffer()).byteLength).toBe(piece.length * 500);
      await vi.waitFor(() => expect(outcomes()).toMatchObject([{ isWhole: true }]));
    });

    test('is in the journal as the answer that was read', async () => {
      interceptor.answerWith([ok('content-length: 40', 'X-A: b'), BODY], 'reset', 'reset');
      await meet(ask(door(), kind));
      const sent = ok('content-length: 40', 'X-A: b').length + BODY.length;
      await vi.waitFor(() =>
        expect(outcomes()).toEqual([
          {
            kind: 'wire',
            fault: 'reset',
            end: 'reset',
            isWhole: true,
            bytesSent: sent,
            status: 200,
            headers: [
              ['content-length', '40'],
              ['X-A', 'b'],
            ],
            body: { text: BODY, bytes: 19, clipped: false },
          },
        ]),
      );
    });

    test('never shows a secret in the journal', async () => {
      const secret = 'sk-very-secret-4711';
      const body = `{"detail":[{"input":{"api_key":"${secret}"}}]}`;
      interceptor.answerWith([ok(`set-cookie: ${secret}`, 'content-length: 900'), body]);
      await meet(ask(door(), kind, { body: `{"prompt":1,"api_key":"${secret}"}` }));
      await vi.waitFor(() => expect(outcomes()).toHaveLength(1));
      const written = JSON.stringify(door().emulator.journal.list());
      expect(written).toContain('set-cookie');
      expect(written).not.toContain(secret);
    });

    test('an interceptor can let the endpoint answer, or change what it says', async () => {
      const seen: unknown[] = [];
      const changing: Intercept = async (exchange, core) => {
        const { method, target, prompt, answerKey, ordinal } = exchange;
        seen.push({ method, target, prompt, answerKey, ordinal });
        const outcome = await core();
        if (outcome.kind !== 'reply') return outcome;
        return { kind: 'reply', reply: { ...outcome.reply, status: 503, body: 'changed' } };
      };
      interceptor.now.intercept = (_, core) => core();
      expect(await (await ask(door(), kind)).text()).toBe('{"prompt":"hello world"}');
      interceptor.now.intercept = changing;
      expect(await meet(ask(door(), kind))).toMatchObject({ status: 503, body: 'changed' });
      expect(seen).toEqual([
        { method: 'POST', target: '/', prompt: 'Why?', answerKey: 'prompt', ordinal: 2 },
      ]);
      const [plain, changed] = door().emulator.journal.list();
      expect(plain?.diagnosis?.exception).toBe('UnboundLocalError');
      expect(changed?.outcome).toMatchObject({ kind: 'reply', status: 503 });
      expect(changed?.diagnosis?.exception).toBe('requests.exceptions.JSONDecodeError');
    });
  },
  surroundings,
);

test('a request that was aborted before it was sent is not performed', async () => {
  const { createEmulator } = await import('../src/emulator/index.ts');
  interceptor.answerWith([ok(LENGTH), BODY]);
  const emulator = createEmulator({}, surroundings());
  const request = new Request('http://localhost/', { signal: AbortSignal.abort() });
  const error = await emulator.fetch(request).catch((reason: unknown) => reason);
  expect(describeError(error)).toContain('AbortError');
});
