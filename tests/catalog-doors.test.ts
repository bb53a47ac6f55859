import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';
import { CATALOG } from '../src/scenarios/catalog.ts';
import { countOf, createUnwell } from './catalog-world.ts';
import { settle } from './fault-world.ts';

type Counts = Readonly<Record<string, number>>;

/** How 200 requests for different things end; `fine` is the answer that there is without a scenario. */
const VIEWS: Readonly<Record<string, Counts>> = {
  healthy: { fine: 200 },
  slow: { fine: 200 },
  'cold-start': { fine: 200 },
  'cold-start-303': { 'status 303': 1, fine: 199 },
  'early-303': { 'status 303': 54, fine: 146 },
  'slow-drip': { fine: 200 },
  'silent-stream': { silent: 33, fine: 167 },
  flaky: { 'no answer': 8, 'status 502': 3, 'status 500': 4, fine: 185 },
  'fail-twice': { 'status 500': 200 },
  'every-third': { 'status 500': 66, fine: 134 },
  'rate-limited': { 'status 429': 32, fine: 168 },
  brownout: { 'status 503': 14, fine: 186 },
  'outage-and-recovery': { 'no answer': 10, 'status 502': 10, fine: 180 },
  'html-gateway': { 'status 502': 25, 'status 504': 25, fine: 150 },
  'modal-edge': {
    'status 401': 15,
    'status 404': 21,
    'status 408': 8,
    'status 429': 16,
    'status 500': 40,
    fine: 100,
  },
  truncating: { 'breaks off': 25, 'another answer': 25, fine: 150 },
  'wrong-shape': { 'another answer': 100, fine: 100 },
  'no-echo': { 'another answer': 200 },
  'billing-trap': { 'no answer': 50, fine: 150 },
};

/** A client in front of a scenario, in process or over a socket. */
interface Asker {
  ask(prompt: string): Promise<string>;
  /** The answer, wherever a redirect leads. */
  follow(prompt: string): Promise<string>;
}

const DOORS = ['in process', 'over a socket'] as const;

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.close({ drainTimeoutMs: 0 });
  server = null;
});

/** It leaves when nothing will come any more. */
async function createAsker(name: string, door: (typeof DOORS)[number]): Promise<Asker> {
  let leaving = new AbortController();
  const onSilence = () => leaving.abort();
  const { emulator, clock } = createUnwell(name, { seed: 'monday', onSilence });
  if (door === 'over a socket') server = await serve(emulator, { port: 0 });
  const url = server?.url ?? 'http://localhost/';
  const send = (request: Request) => (server === null ? emulator.fetch(request) : fetch(request));

  const post = (prompt: string) => {
    leaving = new AbortController();
    const { signal } = leaving;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ prompt });
    return new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  };
  return {
    ask: (prompt) => settle(clock, view(send(post(prompt)), prompt)),
    follow: (prompt) =>
      settle(
        clock,
        send(post(prompt)).then((response) => {
          const location = new URL(response.headers.get('location') ?? '/nowhere', url);
          return view(send(new Request(location)), prompt);
        }),
      ),
  };
}

async function view(asking: Promise<Response>, prompt: string): Promise<string> {
  let phase = 'no answer';
  try {
    const response = await asking;
    phase = 'breaks off';
    const text = await response.text();
    if (response.status !== 200) return `status ${response.status}`;
    return text === JSON.stringify({ prompt: `${prompt} Because.` }) ? 'fine' : 'another answer';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'silent';
    if (error instanceof TypeError) return phase;
    throw error;
  }
}

describe.each(DOORS)('%s', (door) => {
  test('every scenario is looked at', () => {
    expect(Object.keys(VIEWS).toSorted()).toEqual(CATALOG.map(({ name }) => name).toSorted());
  });

  test.each(Object.entries(VIEWS))('%s, by 200 requests', async (name, expected) => {
    const { ask } = await createAsker(name, door);
    const views: string[] = [];
    for (let index = 1; index <= 200; index += 1) views.push(await ask(`Why ${index}?`));
    expect(countOf(views)).toEqual(expected);
  });

  test('fail-twice answers the third time, and so for every prompt', async () => {
    const { ask } = await createAsker('fail-twice', door);
    const views: string[] = [];
    for (const prompt of ['Why?', 'Why?', 'Who?', 'Why?', 'Who?', 'Who?']) {
      views.push(await ask(prompt));
    }
    const failed = 'status 500';
    expect(views).toEqual([failed, failed, failed, 'fine', failed, 'fine']);
  });

  test('cold-start-303 has the answer where it redirects to', async () => {
    const { follow } = await createAsker('cold-start-303', door);
    expect(await follow('Why?')).toBe('fine');
  });
});
