import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** JSON between systems is UTF-8 (RFC 8259, section 8.1). */
export const UTF_8 = defineCheck({
  id: 'utf-8',
  title: 'The body is UTF-8 without a byte order mark.',
  why: 'JSON between systems is UTF-8, and readers may refuse a byte order mark.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.text),
});
