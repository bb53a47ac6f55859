import { z } from 'zod';
import type { Exchange, Journal } from '../journal.ts';
import { countMatching, findMatching, matchSchema, tally } from './match.ts';
import { integerText, limitSchema } from './numbers.ts';
import { ProblemError } from './problem.ts';
import { defineRoute, type Route, type RouteInput } from './route.ts';
import { waitForCount } from './wait.ts';
import { mergeWait, waitBodySchema, waitQuerySchema } from './wait-input.ts';

const list = defineRoute({
  method: 'GET',
  path: '/requests',
  summary:
    'The kept exchanges, newest last. ?limit=10: the last ten; ' +
    '?since=7&limit=10: the first ten after the seventh, in the order in which they ended.',
  query: z.strictObject({
    limit: integerText.pipe(limitSchema).optional(),
    since: integerText.optional(),
  }),
  answer({ query: { limit, since }, port: { journal } }) {
    const all = journal.list();
    const requests =
      since === undefined
        ? newest(all, limit)
        : all.slice(Math.max(0, since - journal.evicted)).slice(0, limit);
    return { requests, total: journal.total, evicted: journal.evicted };
  },
});

const clear = defineRoute({
  method: 'DELETE',
  path: '/requests',
  summary: 'Forget all exchanges; ordinals go on.',
  answer({ port: { journal } }) {
    const cleared = journal.total;
    journal.clear();
    return { cleared };
  },
});

const find = defineRoute({
  method: 'POST',
  path: '/requests/find',
  summary: 'The kept exchanges that match: {"match": {"status": 422}, "limit": 10}.',
  body: z.strictObject({ match: matchSchema.default({}), limit: limitSchema.optional() }),
  answer({ body: { match, limit }, port: { journal } }) {
    const found = findMatching(journal, match);
    return { requests: newest(found, limit), ...tally(journal, match, found.length) };
  },
});

const count = defineRoute({
  method: 'POST',
  path: '/requests/count',
  summary: 'How many exchanges match: {"match": {"promptContains": "NFL"}}.',
  body: z.strictObject({ match: matchSchema.default({}) }),
  answer: ({ body: { match }, port: { journal } }) =>
    tally(journal, match, countMatching(journal, match)),
});

const waitByQuery = defineRoute({
  method: 'GET',
  path: '/requests/wait',
  summary: 'Wait until there are enough exchanges: ?count=3&timeout=5s; 408 when the time is over.',
  query: waitQuerySchema,
  answer: (input) => wait({ ...input, body: { match: {} } }),
});

const waitByBody = defineRoute({
  method: 'POST',
  path: '/requests/wait',
  summary: 'Wait for matching ones: {"count": 3, "timeout": "5s", "match": {"verdict": "fine"}}.',
  query: waitQuerySchema,
  body: waitBodySchema,
  answer: (input) => wait(input),
});

const get = defineRoute({
  method: 'GET',
  path: '/requests/:ordinal{[0-9]+}',
  summary: 'One exchange by its ordinal.',
  answer({ ordinal, port: { journal } }) {
    const exchange = journal.get(ordinal);
    if (exchange !== undefined) return exchange;
    throw unknownExchange(ordinal, journal);
  },
});

const why = defineRoute({
  method: 'GET',
  path: '/requests/:ordinal{[0-9]+}/why',
  summary: 'Why an exchange got what it got: the steps of the scenario, the draws, the seed.',
  answer({ ordinal, port }) {
    const explained = port.why(ordinal);
    if (explained !== undefined) return explained;
    throw unknownExchange(ordinal, port.journal);
  },
});

function unknownExchange(ordinal: number, journal: Journal): ProblemError {
  return new ProblemError(
    404,
    'unknown-exchange',
    `Failed to find exchange "${ordinal}": ${describeKept(journal)}. ` +
      'GET /__admin/requests lists what is kept.',
  );
}

/** The routes about the journal, in the order of the index. */
export const REQUEST_ROUTES: readonly Route[] = [
  list,
  clear,
  find,
  count,
  waitByQuery,
  waitByBody,
  get,
  why,
];

async function wait({
  query,
  body,
  port,
  signal,
}: RouteInput<z.output<typeof waitQuerySchema>, z.output<typeof waitBodySchema>>) {
  const wanted = mergeWait(query, body);
  const { journal } = port;
  const counted = tally(journal, wanted.match, await waitForCount(wanted, port, signal));
  if (counted.count >= wanted.count) {
    return { requests: newest(findMatching(journal, wanted.match), wanted.limit), ...counted };
  }
  throw new ProblemError(
    408,
    'wait-timed-out',
    `Failed to wait for matching exchanges "${wanted.count}": after ${wanted.timeoutMs} ms there ` +
      `are ${counted.count}, among ${counted.total} in all. GET /__admin/requests shows what ` +
      'arrived; wait longer with "timeout", or match by less.',
    { members: { wanted: wanted.count, ...counted } },
  );
}

function newest(exchanges: readonly Exchange[], limit: number | undefined): readonly Exchange[] {
  return limit === undefined ? exchanges : exchanges.slice(Math.max(0, exchanges.length - limit));
}

function describeKept(journal: Journal): string {
  const ordinals = journal.list().map((exchange) => exchange.ordinal);
  if (ordinals.length === 0) return `the journal keeps none of the ${journal.total} there were`;
  // In the order in which they ended, which need not be that of their ordinals.
  const kept = `${Math.min(...ordinals)} to ${Math.max(...ordinals)}`;
  const evicted = journal.evicted === 0 ? '' : `, ${journal.evicted} before were evicted`;
  return `the journal keeps ${kept}${evicted}`;
}
