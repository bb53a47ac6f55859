import { z } from 'zod';

/** What a count has to be like. */
export interface NumberMatch {
  readonly wanted: string;
  holds(value: number): boolean;
}

const count = z.int().min(1).max(1_000_000_000);

const range = z
  .strictObject({ from: count.optional(), to: count.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, 'needs "from" or "to"')
  .refine(({ from = 0, to = Infinity }) => from <= to, {
    path: ['to'],
    message: 'is less than "from": no number is both',
  });

/** A number from 1, a list of them, or `{ from, to }` with both ends. */
export const numberMatchSchema = z
  .union([count, z.array(count).min(1).max(100), range])
  .transform((written): NumberMatch => {
    if (typeof written === 'number') {
      return { wanted: `is ${written}`, holds: (value) => value === written };
    }
    if (Array.isArray(written)) {
      return {
        wanted: `is one of ${written.join(', ')}`,
        holds: (value) => written.includes(value),
      };
    }
    const { from = 1, to } = written;
    return {
      wanted: to === undefined ? `is ${from} or more` : `is ${from} to ${to}`,
      holds: (value) => value >= from && (to === undefined || value <= to),
    };
  });
