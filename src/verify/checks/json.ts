import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** One value of JSON that every reader reads alike. */
export const JSON_BODY = defineCheck({
  id: 'json',
  title: 'The body is one JSON value that every client reads alike.',
  why: 'A client that cannot read the answer has none.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.json),
});
