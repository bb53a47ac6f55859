import { z } from 'zod';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import { integerText, limitSchema } from './numbers.ts';
import { defineRoute, type Route } from './route.ts';

const ENTRIES_SHOWN = 100;

/** Which requests are asked for. */
const FILTERS: Readonly<Record<Only, (entry: LedgerEntry) => boolean>> = {
  retried: ({ retries }) => retries > 0,
  'paid-twice': ({ paidTwice }) => paidTwice > 0,
  undelivered: ({ undelivered }) => undelivered > 0,
};
type Only = (typeof ONLY)[number];
const ONLY = ['retried', 'paid-twice', 'undelivered'] as const;

const show = defineRoute({
  method: 'GET',
  path: '/ledger',
  summary:
    'Calls, retries, charges, what was paid twice, and what never arrived. ' +
    '?only=retried, paid-twice or undelivered; ?limit=10: the last ten requests.',
  query: z.strictObject({
    only: z.enum(ONLY).optional(),
    limit: integerText.pipe(limitSchema).default(ENTRIES_SHOWN),
  }),
  answer({ query: { only, limit }, port: { ledger } }) {
    const all = ledger.list();
    const found = only === undefined ? all : all.filter(FILTERS[only]);
    const requests = found.slice(Math.max(0, found.length - limit));
    return { ...ledger.totals, ...exactness(ledger), count: found.length, requests };
  },
});

const clear = defineRoute({
  method: 'DELETE',
  path: '/ledger',
  summary: 'Forget all calls and charges; those under way leave no trace.',
  answer({ port: { ledger } }) {
    const { calls, charges } = ledger.totals;
    ledger.clear();
    return { cleared: { calls, charges } };
  },
});

/** The routes about money, in the order of the index. */
export const LEDGER_ROUTES: readonly Route[] = [show, clear];

/** Whether retries and what was paid twice may be too low. */
function exactness({ forgotten, entries }: Ledger) {
  if (forgotten === 0) return { exact: true, forgotten };
  const note =
    `The ledger knows ${entries} requests by what they ask; ${forgotten} before were forgotten, ` +
    'and count as new ones should they come again. Clear it more often.';
  return { exact: false, forgotten, note };
}
