import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** Something that is no HTTP. */
export const garbage = defineFault({
  kind: 'garbage',
  family: 'wire',
  summary: 'Sends bytes that are no HTTP and closes the connection; the function is not asked.',
  options: z
    .strictObject({
      bytes: z
        .int()
        .min(1)
        .max(65_536)
        .optional()
        .describe('How many bytes of chance to send; 64 when nothing is said.'),
      text: z
        .string()
        .min(1)
        .max(65_536)
        .optional()
        .describe('What to send instead, such as the greeting of another protocol.'),
    })
    .refine(({ bytes, text }) => bytes === undefined || text === undefined, {
      path: ['text'],
      message: 'stands beside "bytes"; give one of them',
    }),
  example: { bytes: 32 },
  aliases: ['RANDOM_DATA_THEN_CLOSE'],
  effect:
    ({ bytes = 64, text }) =>
    async ({ random }) => {
      const drawn = Uint8Array.from({ length: bytes }, (_, index) =>
        // The first byte is none that a status line could begin with.
        index === 0 ? random.integer(0x80, 0xff) : random.integer(0, 0xff),
      );
      const sent = text === undefined ? drawn : new TextEncoder().encode(text);
      return {
        kind: 'wire',
        reply: null,
        wire: { steps: [{ kind: 'send', bytes: sent }], end: 'close' },
      };
    },
});
