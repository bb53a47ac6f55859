import type { WireEnd } from '../../scenarios/outcome.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnoseAbandoned } from './verdicts.ts';

/** What was sent over a wire. */
export interface SentWire {
  /** The beginning, or all of it. */
  readonly bytes: Uint8Array;
  readonly bytesSent: number;
  readonly end: WireEnd;
  /** False when the client left before the last step was through. */
  readonly isWhole: boolean;
}

/** What `Modal.invoke(prompt)` makes of a connection that ends as a wire does. */
export function diagnoseWire(sent: SentWire, _prompt: string): Diagnosis | null {
  return sent.isWhole ? null : diagnoseAbandoned();
}
