import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** 200, and nothing else. */
export const STATUS = defineCheck({
  id: 'status',
  title: 'A prompt is answered with status 200.',
  why: 'Clients that look at the status take any other for a failure.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.status),
});
