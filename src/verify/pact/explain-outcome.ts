import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { PactEngineOutcome } from './engine-outcome.ts';
import type { PactProblem } from './pact-result.ts';

const REASON_MAX_CHARS = 1000;

/** Why a run of Pact's engine verified none of the interactions. */
export function explainOutcome(
  outcome: Exclude<PactEngineOutcome, { readonly kind: 'verified' }>,
  count: number,
): PactProblem {
  const left = `${count === 1 ? 'One interaction was' : `${count} interactions were`} not verified`;
  switch (outcome.kind) {
    case 'missing':
      return {
        code: 'pact-engine-missing',
        reason: `${left}: @pact-foundation/pact-core is not installed in this project.`,
      };
    case 'unsupported':
      return {
        code: 'pact-engine-unsupported',
        reason: `${left}: @pact-foundation/pact-core ${escapeControls(outcome.engineVersion)} is too old.`,
      };
    case 'timeout':
      return {
        code: 'pact-engine-timeout',
        reason: `${left}: Pact's engine did not end within ${outcome.afterMs} ms.`,
      };
    case 'memory':
      return {
        code: 'pact-engine-memory',
        reason: `${left}: Pact's engine took more than ${outcome.limitBytes} bytes of memory.`,
      };
    case 'failed': {
      const says = escapeControls(clip(outcome.reason, REASON_MAX_CHARS));
      return { code: 'pact-engine-failed', reason: `${left}. Pact's engine says: ${says}` };
    }
    default:
      return outcome satisfies never;
  }
}
