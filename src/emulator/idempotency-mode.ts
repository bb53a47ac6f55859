/**
 * What the endpoint makes of an Idempotency-Key. Modal makes nothing of it; the other modes are what
 * a function or a gateway of one's own may do, so that a client's retries can be tested against it.
 */
export const IDEMPOTENCY_MODES = ['ignore', 'honour', 'conflict'] as const;
/** One of the modes. */
export type IdempotencyMode = (typeof IDEMPOTENCY_MODES)[number];
