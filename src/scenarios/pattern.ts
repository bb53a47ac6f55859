import { RE2JS, RE2JSException } from 're2js';

/** A regular expression that takes time in proportion to the text, whatever the expression. */
export interface Pattern {
  /** Whether it is found anywhere in the text; never in one longer than `PATTERN_TEXT_MAX`. */
  test(text: string): boolean;
  /** How many states it has: what it costs per character at worst. */
  readonly size: number;
}

/** A pattern sees no text that is longer: size times length is the most that it can cost. */
export const PATTERN_TEXT_MAX = 256 * 1024;

/** The states of one pattern, and of all patterns of a scenario together. */
export const PATTERN_SIZE_MAX = 1000;

/** Compiling takes time in proportion to the states, of which 300 characters can make 20,000. */
const SOURCE_LENGTH_MAX = 300;

/** Says why a regular expression cannot be used. */
export class PatternError extends Error {}

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  // Characters are code points anyway.
  u: 0,
};

/**
 * Compiles a regular expression as JavaScript writes it, without what needs backtracking.
 * @throws PatternError naming what is wrong
 */
export function compilePattern(source: string, flags = ''): Pattern {
  if (source.length > SOURCE_LENGTH_MAX) {
    throw new PatternError(`has ${source.length} characters, more than ${SOURCE_LENGTH_MAX}`);
  }
  let bits = 0;
  for (const flag of flags) {
    const bit = Object.hasOwn(FLAGS, flag) ? FLAGS[flag] : undefined;
    if (bit === undefined)
      throw new PatternError(`has the flag "${flag}"; i, m, s and u are known`);
    bits |= bit;
  }
  const compiled = compile(source, bits);
  const size = compiled.programSize();
  if (size > PATTERN_SIZE_MAX) {
    throw new PatternError(`has ${size} states, more than ${PATTERN_SIZE_MAX}; repeat less in it`);
  }
  return { size, test: (text) => text.length <= PATTERN_TEXT_MAX && compiled.test(text) };
}

/** What costs more than time in proportion, and how it begins. */
const BACKTRACKING = /\(\?<?[=!]|\\[1-9]|\\k</;

function compile(source: string, bits: number): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), bits);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const reason = error.message.replace('error parsing regexp: ', '');
    const hint = BACKTRACKING.test(source)
      ? '; look-ahead, look-behind and back-references are left out, so that none can hang a server'
      : '';
    throw new PatternError(`is no regular expression: ${reason}${hint}`);
  }
}
