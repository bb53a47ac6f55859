import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** JSON says that it is JSON. */
export const CONTENT_TYPE = defineCheck({
  id: 'content-type',
  title: 'The answer says that it is JSON.',
  why: 'Many clients read a body as JSON only where its Content-Type says so.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.contentType),
});
