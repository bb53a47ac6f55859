const SHOWN_MAX = 80;

/** A value as messages quote it: a scalar as JSON, clipped; anything larger by its kind. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  if (typeof value !== 'string') return String(value);
  return escapeControls(JSON.stringify(clip(value)));
}

/** Cuts a text that would fill the terminal. */
export function clip(text: string, charactersMax = SHOWN_MAX): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax)}…`;
}

// C0 and C1 controls move the cursor and recolor; line and paragraph separators and the
// bidirectional overrides reorder what a reader sees.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const UNSAFE_ALL = new RegExp(UNSAFE, 'g');

/** Makes a text from outside safe to print on a terminal, on one line. */
export function escapeControls(text: string): string {
  return UNSAFE.test(text) ? text.replace(UNSAFE_ALL, escapeUnit) : text;
}

function escapeUnit(unit: string): string {
  if (unit === '\n') return '\\n';
  if (unit === '\r') return '\\r';
  if (unit === '\t') return '\\t';
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Joins words as a sentence does: `a, b or c`. */
export function joinWords(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  const ends = words.slice(-2).join(` ${last} `);
  return [...words.slice(0, -2), ends].join(', ');
}
