import { z } from 'zod';

/** A whole number within bounds, in a body. */
export function integer(min: number, max: number) {
  const reason = `must be from ${min} to ${max}`;
  return z
    .int('expected a whole number without quotes, such as 10')
    .min(min, reason)
    .max(max, reason);
}

/** A whole number in the text of a query; pipe it into `integer` for its bounds. */
export const integerText = z
  .string()
  .regex(/^\d{1,15}$/, 'expected a whole number, such as 10')
  .transform(Number);

/** How many exchanges to list at most. */
export const limitSchema = integer(0, 1_000_000_000);
