import type { NotJsonFailure, WrongShapeFailure } from './failure.ts';
import type { Explained, Untold } from './untold.ts';

const KEYS_SHOWN = 5;
const KEY_LENGTH = 50;

const NOT_JSON: Readonly<Record<NotJsonFailure['reason'], string>> = {
  empty: 'it is empty',
  'not-utf-8': 'it is not UTF-8',
  'byte-order-mark': 'it begins with a byte order mark',
  syntax: 'it does not parse',
};

/** Says what stands there instead of JSON. */
export function explainNotJson(failure: Untold<NotJsonFailure>): Explained {
  const { contentType, bodyStart, status, reason } = failure;
  const begins = reason === 'empty' ? '' : ` and begins ${JSON.stringify(bodyStart)}`;
  const type = contentType === null ? 'has no type' : `is ${contentType}`;
  return [
    `the answer is not JSON: ${NOT_JSON[reason]} (status ${status}; it ${type}${begins})`,
    'Let the function return what FastAPI makes JSON of, and check that the URL is its own.',
  ];
}

/** Says what was promised, what came, and where its text may be. */
export function explainShape({ expected, answer }: Untold<WrongShapeFailure>): Explained {
  const reason = `the answer is not ${expected}, but ${nameOf(answer)}`;
  if (typeof answer === 'string') return [reason, 'Set answerKey: null to read it.'];
  const [key, ...others] = textKeys(answer);
  if (key === undefined || key.length > KEY_LENGTH || others.length > 0) {
    return [reason, 'Let the function answer so, or name the key of the text as answerKey.'];
  }
  return [reason, `Set answerKey: ${JSON.stringify(key)} if that is the text.`];
}

function textKeys(answer: unknown): readonly string[] {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return [];
  return Object.entries(answer)
    .filter(([, value]) => typeof value === 'string')
    .map(([key]) => key);
}

function nameOf(answer: unknown): string {
  if (answer === null) return 'null';
  if (Array.isArray(answer)) return 'a list';
  if (typeof answer !== 'object') return `a ${typeof answer}`;
  const entries = Object.entries(answer);
  if (entries.length === 0) return 'an empty object';
  const shown = entries
    .slice(0, KEYS_SHOWN)
    .map(([key, value]) => `${JSON.stringify(key.slice(0, KEY_LENGTH))} (${kindOf(value)})`);
  return `an object with ${shown.join(', ')}${entries.length > KEYS_SHOWN ? ' and more' : ''}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${typeof value}`;
}
