import { z } from 'zod';
import { compilePattern, PatternError } from './pattern.ts';

/** What a text has to be like. */
export interface TextMatch {
  /** To be put behind "is not so:", as in `contains "weather"`. */
  readonly wanted: string;
  holds(text: string): boolean;
  /** What its regular expression costs; 0 without one. */
  readonly patternSize: number;
}

const text = z.string().max(10_000);

const parts = z.strictObject({
  equals: text.optional().describe('The whole text.'),
  contains: text.optional().describe('A part of it.'),
  startsWith: text.optional(),
  endsWith: text.optional(),
});

type Parts = z.output<typeof parts>;

/** The parts of a text that is written as a regular expression, `/source/flags`; else null. */
export function splitPattern(written: string): readonly [source: string, flags: string] | null {
  const end = written.lastIndexOf('/');
  const flags = written.slice(end + 1);
  return written.startsWith('/') && end > 1 && /^[a-z]*$/i.test(flags)
    ? [written.slice(1, end), flags]
    : null;
}

/** The whole text, a `/regular expression/` with flags, or parts that must all be there. */
export const textMatchSchema = z.union([text, parts]).transform((written, context): TextMatch => {
  if (typeof written !== 'string') {
    // An unknown key is told already, and is what was meant.
    const isEmpty = Object.keys(written).length === 0 && context.issues.length === 0;
    const message = 'needs equals, contains, startsWith or endsWith';
    if (isEmpty) context.addIssue({ code: 'custom', message });
    return matchParts(written);
  }
  const pattern = splitPattern(written);
  if (pattern === null) return matchParts({ equals: written });
  try {
    const { test, size } = compilePattern(...pattern);
    return { wanted: `matches ${written}`, holds: test, patternSize: size };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const message = `${error.message}; for this very text, write { equals: "..." }`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});

function matchParts({ equals, contains, startsWith, endsWith }: Parts): TextMatch {
  const rows: readonly (readonly [string, string | undefined, (text: string) => boolean])[] = [
    ['is', equals, (one) => one === equals],
    ['contains', contains, (one) => one.includes(contains ?? '')],
    ['starts with', startsWith, (one) => one.startsWith(startsWith ?? '')],
    ['ends with', endsWith, (one) => one.endsWith(endsWith ?? '')],
  ];
  const asked = rows.filter(([, value]) => value !== undefined);
  return {
    wanted: asked.map(([verb, value]) => `${verb} ${JSON.stringify(value)}`).join(' and '),
    holds: (one) => asked.every(([, , holds]) => holds(one)),
    patternSize: 0,
  };
}
