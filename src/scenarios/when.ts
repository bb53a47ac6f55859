import { z } from 'zod';
import type { Asked } from './asked.ts';
import { type NumberMatch, numberMatchSchema } from './number-match.ts';
import { type TextMatch, textMatchSchema } from './text-match.ts';

/** What conditions look at: what was asked, and the numbers that it got on arrival. */
export interface Arrival {
  readonly asked: Asked;
  /** How often the same was asked, this time included. */
  readonly attempt: number;
  /** The number of the request in this run of the scenario, from 1. */
  readonly ordinal: number;
}

/** One thing that a request has to be like. */
export interface Condition {
  /** For people: `the prompt contains "weather"`. */
  readonly wanted: string;
  holds(arrival: Arrival): boolean;
  readonly patternSize: number;
}

const NAMES_MAX = 50;

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'is no name of a header');
const header = z.union([
  headerName,
  z
    .record(headerName, z.union([z.boolean(), textMatchSchema]))
    .refine(hasFew, 'needs 1 to 50 headers'),
]);

const extraName = z.string().min(1).max(200);
const extra = z.union([
  extraName,
  z
    .record(extraName, z.union([z.number(), z.boolean(), z.null(), textMatchSchema]))
    .refine(hasFew, 'needs 1 to 50 keys'),
]);

function hasFew(record: object): boolean {
  const { length } = Object.keys(record);
  return length > 0 && length <= NAMES_MAX;
}

/** Which requests a step is for: all that is named must hold. */
export const whenSchema = z
  .strictObject({
    prompt: textMatchSchema
      .optional()
      .describe('The whole prompt, a /pattern/, or { contains, startsWith, endsWith, equals }.'),
    header: header
      .optional()
      .describe('A header that must be there, or headers with what they must be; false: absent.'),
    extra: extra
      .optional()
      .describe('A key of the body (or query) that must be there, or keys with their values.'),
    attempt: numberMatchSchema
      .optional()
      .describe('How often the same was asked: a number, a list, or { from, to }.'),
    ordinal: numberMatchSchema
      .optional()
      .describe('The number of the request in this run: a number, a list, or { from, to }.'),
  })
  .transform((given, context): readonly Condition[] => {
    const conditions = [
      ...(given.attempt === undefined ? [] : [numberCondition('attempt', given.attempt)]),
      ...(given.ordinal === undefined ? [] : [numberCondition('ordinal', given.ordinal)]),
      ...headerConditions(given.header ?? {}),
      ...extraConditions(given.extra ?? {}),
      // The dearest comes last.
      ...(given.prompt === undefined ? [] : [promptCondition(given.prompt)]),
    ];
    const message = 'names no condition; leave "when" out for all requests';
    // An unknown key is told already, and is what was meant.
    const isEmpty = conditions.length === 0 && context.issues.length === 0;
    if (isEmpty) context.addIssue({ code: 'custom', message });
    return conditions;
  });

function numberCondition(what: 'attempt' | 'ordinal', match: NumberMatch): Condition {
  return {
    wanted: `the ${what} ${match.wanted}`,
    holds: (arrival) => match.holds(arrival[what]),
    patternSize: 0,
  };
}

function promptCondition(match: TextMatch): Condition {
  return {
    wanted: `the prompt ${match.wanted}`,
    holds: ({ asked: { exchange } }) => exchange.prompt !== null && match.holds(exchange.prompt),
    patternSize: match.patternSize,
  };
}

function headerConditions(given: string | Readonly<Record<string, boolean | TextMatch>>) {
  const wanted = typeof given === 'string' ? { [given]: true } : given;
  return Object.entries(wanted).map(([written, match]): Condition => {
    const name = written.toLowerCase();
    if (typeof match === 'boolean') {
      return {
        wanted: `the header "${name}" is ${match ? 'there' : 'absent'}`,
        holds: ({ asked }) => (asked.exchange.header(name) !== null) === match,
        patternSize: 0,
      };
    }
    return {
      wanted: `the header "${name}" ${match.wanted}`,
      holds({ asked }) {
        const value = asked.exchange.header(name);
        return value !== null && match.holds(value);
      },
      patternSize: match.patternSize,
    };
  });
}

type ExtraMatch = number | boolean | null | TextMatch;

function extraConditions(given: string | Readonly<Record<string, ExtraMatch>>): Condition[] {
  if (typeof given === 'string') {
    return [
      {
        wanted: `the request has "${given}"`,
        holds: ({ asked }) => asked.extra(given) !== undefined,
        patternSize: 0,
      },
    ];
  }
  return Object.entries(given).map(([key, match]): Condition => {
    const isText = typeof match === 'object' && match !== null;
    return {
      wanted: `"${key}" ${isText ? match.wanted : `is ${match}`}`,
      holds({ asked }) {
        const value = asked.extra(key);
        if (isText) return typeof value === 'string' && match.holds(value);
        // A query has texts only.
        return value === match || (typeof value === 'string' && value === String(match));
      },
      patternSize: isText ? match.patternSize : 0,
    };
  });
}
