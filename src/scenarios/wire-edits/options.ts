import { z } from 'zod';

/** More than any answer has: a limit against slips, not against anybody. */
const BYTES_MAX = 1_000_000_000;

/** A number of bytes. */
export const byteCountSchema = z.int().min(0).max(BYTES_MAX);

/** A number of bytes, and not none. */
export const someBytesSchema = z.int().min(1).max(BYTES_MAX);
