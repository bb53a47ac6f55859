import type { ProbeLimits, ProbeRequest } from '../../src/verify/exchange.ts';

/** Limits that no good answer of a test comes near. */
export const LIMITS: ProbeLimits = {
  connectTimeoutMs: 10_000,
  timeoutMs: 10_000,
  headMaxBytes: 16_384,
  bodyMaxBytes: 100_000,
};

/** A POST with a prompt. */
export function postTo(url: string, prompt = 'Why is the sky blue?'): ProbeRequest {
  return {
    method: 'POST',
    url,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ prompt })),
  };
}
