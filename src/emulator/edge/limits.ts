import type { Reply } from '../../scenarios/outcome.ts';

/**
 * What the edge answers to a body over the limit. A guess: Modal documents the limit (4 GiB) but
 * not the answer (facts/modal-endpoint.md, checklist 37).
 */
export const BODY_TOO_LARGE: Reply = edgeError(413, 'request body too large');

/**
 * What the emulator answers when all bodies being read together would not fit into its memory.
 * A guess of the emulator's own; a real edge has more room.
 */
export const BODIES_TOO_LARGE: Reply = edgeError(503, 'too many request bodies at once');

/** An error of Modal's HTTP front: plain text, no CORS headers (facts/modal-endpoint.md 4.5). */
function edgeError(status: number, text: string): Reply {
  return {
    status,
    headers: [['content-type', 'text/plain; charset=utf-8']],
    body: `modal-http: ${text}\n`,
  };
}
