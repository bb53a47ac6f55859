import { defineCheck } from './check.ts';
import { fromStage } from './from-stage.ts';

/** The text stands where the contract says. */
export const SHAPE = defineCheck({
  id: 'shape',
  title: 'The text of the answer is a string under its key.',
  why: 'Clients look for the text there, and nowhere else.',
  of: 'prompt',
  judge: ({ reading }) => fromStage(reading.shape),
});
