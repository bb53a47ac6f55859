import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** Compressed as it says, and as it was asked for. */
export const CONTENT_ENCODING = defineCheck({
  id: 'content-encoding',
  title: 'The body is compressed as asked for, or not at all.',
  why: 'A client cannot unpack what it did not ask for.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.content),
});
