import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { breakOff } from '../wire-edits/break-off.ts';

/** The connection is closed without a byte. */
export const emptyReply = defineFault({
  kind: 'empty-reply',
  family: 'wire',
  summary: 'Takes the request and closes the connection without a byte; the function is not asked.',
  options: z.strictObject({}),
  example: {},
  aliases: ['EMPTY_RESPONSE'],
  effect: () => breakOff('close', undefined),
});
