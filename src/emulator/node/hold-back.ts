import type { ServerResponse } from 'node:http';
import { tellOfClosing } from './queued-answers.ts';

/** How many bytes of an answer a request counts as while it waits. */
const WAITING_BYTES = 1024;

/** What Node calls to count answers that wait for their turn; it does not type it. */
interface Queued {
  readonly _onPendingData?: (bytes: number) => void;
}

/**
 * Stops reading from a connection that pipelines faster than it is answered. Node does so only when
 * answers pile up, by their bytes; so a request that waits counts as if it had some.
 */
export function holdBack(response: ServerResponse, answer: Promise<unknown>): Promise<void> {
  const { _onPendingData: count } = response as Queued; // Untyped, in Node 20 as in 24.
  tellOfClosing(response);
  count?.(WAITING_BYTES);
  return answer.then(() => count?.(-WAITING_BYTES));
}
