import { z } from 'zod';
import { type Match, matchSchema } from './match.ts';
import { integer, integerText, limitSchema } from './numbers.ts';
import { ProblemError } from './problem.ts';

const TIMEOUT_DEFAULT_MS = 5_000;
const TIMEOUT_MAX_MS = 60_000;
const COUNT_MAX = 1_000_000_000;
const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

const DURATION_HINT = 'expected a duration with its unit, such as "5s" or "250ms"';

const durationSchema = z
  .string(`${DURATION_HINT}; a number of milliseconds goes into "timeoutMs"`)
  .transform((text, context) => {
    const [, amount, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m)$/.exec(text) ?? [];
    const unitMs = UNITS_MS[unit];
    if (amount !== undefined && unitMs !== undefined) return Number(amount) * unitMs;
    context.addIssue({ code: 'custom', message: DURATION_HINT });
    return z.NEVER;
  })
  .pipe(z.number().max(TIMEOUT_MAX_MS, 'must be 60s or less'));

const countSchema = integer(1, COUNT_MAX);
const timeoutMsSchema = integer(0, TIMEOUT_MAX_MS);

/** What to wait for, in the query. */
export const waitQuerySchema = z.strictObject({
  count: integerText.pipe(countSchema).optional(),
  timeout: durationSchema.optional(),
  timeoutMs: integerText.pipe(timeoutMsSchema).optional(),
  limit: integerText.pipe(limitSchema).optional(),
});

/** What to wait for, in the body. */
export const waitBodySchema = z.strictObject({
  count: countSchema.optional(),
  timeout: durationSchema.optional(),
  timeoutMs: timeoutMsSchema.optional(),
  limit: limitSchema.optional(),
  match: matchSchema.default({}),
});

/** What is waited for, and how long. */
export interface Wait {
  readonly match: Match;
  readonly count: number;
  readonly timeoutMs: number;
  readonly limit: number | undefined;
}

/** Puts query and body together; what is said twice is refused, not chosen from. */
export function mergeWait(
  query: z.output<typeof waitQuerySchema>,
  body: z.output<typeof waitBodySchema>,
): Wait {
  return {
    match: body.match,
    count: once('count', [query.count, body.count]) ?? 1,
    timeoutMs:
      once('timeout', [query.timeout, query.timeoutMs, body.timeout, body.timeoutMs]) ??
      TIMEOUT_DEFAULT_MS,
    limit: once('limit', [query.limit, body.limit]),
  };
}

function once(name: string, values: readonly (number | undefined)[]): number | undefined {
  const given = values.filter((value) => value !== undefined);
  if (given.length <= 1) return given[0];
  throw new ProblemError(
    400,
    'said-twice',
    `Failed to read the ${name} "${given.join('" and "')}": it is given twice. ` +
      'Give it once, in the query or in the body.',
  );
}
