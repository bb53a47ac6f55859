import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { PactInteractionResult, PactMismatch } from './engine-outcome.ts';

const SHOWN_MAX = 3;
const VALUE_MAX_CHARS = 120;
const SENTENCE_MAX_CHARS = 400;

/** What an endpoint that breaks has wrong first, and what follows from it. */
const ORDER: readonly PactMismatch['kind'][] = [
  'status',
  'content-type',
  'header',
  'body',
  'other',
];

/** What an answer has otherwise than the pact says, as sentences. */
export function explainMismatches(result: PactInteractionResult): string {
  const { mismatches, mismatchCount } = result;
  const ordered = [...mismatches].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const shown = ordered.slice(0, SHOWN_MAX).map(sentenceOf);
  const rest = mismatchCount - shown.length;
  return [...shown, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

function sentenceOf(mismatch: PactMismatch): string {
  const expected = show(mismatch.expected);
  const actual = show(mismatch.actual);
  switch (mismatch.kind) {
    case 'status':
      return `The status is ${actual}, not ${expected}.`;
    case 'content-type':
      return `The body is ${actual}, not ${expected}.`;
    case 'header':
      return headerSentence(mismatch);
    case 'body':
      return `${plain(mismatch.path ?? '$')}: ${plain(mismatch.text)}${valuesOf(mismatch)}.`;
    case 'other':
      return `${plain(mismatch.text)}${valuesOf(mismatch)}.`;
    default:
      return mismatch.kind satisfies never;
  }
}

function headerSentence({ path, expected, actual, text }: PactMismatch): string {
  const name = plain(path ?? '');
  // The engine tells of a header that is not there as of an empty one.
  if (/missing/.test(text)) return `The header ${name} is missing; it is to be ${show(expected)}.`;
  return `The header ${name} is ${show(actual)}, not ${show(expected)}.`;
}

/** The values, where the engine's own sentence does not name them. */
function valuesOf({ expected, actual, text }: PactMismatch): string {
  const isNamed = actual === null || text.includes(actual.replace(/^"|"$/g, ''));
  return isNamed ? '' : ` (expected ${show(expected)}, got ${show(actual)})`;
}

function show(value: string | null): string {
  return value === null ? 'nothing' : escapeControls(clip(value, VALUE_MAX_CHARS));
}

function plain(text: string): string {
  return escapeControls(clip(text, SENTENCE_MAX_CHARS)).replace(/\.$/, '');
}
