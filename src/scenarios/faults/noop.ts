import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The empty example: a fault that does nothing. */
export const noop = defineFault({
  kind: 'noop',
  family: 'time',
  summary: 'Does nothing; where a new fault begins.',
  options: z.strictObject({}),
  example: {},
  effect: () => (_exchange, next) => next(),
});
