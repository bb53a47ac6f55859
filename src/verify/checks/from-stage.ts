import type { Stage } from '../reading/stage.ts';
import type { Judgement } from './check.ts';

/** The judgement of one step of the reading. */
export function fromStage(stage: Stage<unknown>): Judgement {
  return stage.problem ?? ('value' in stage ? null : 'blocked');
}
