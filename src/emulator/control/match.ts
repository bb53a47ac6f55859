import { z } from 'zod';
import type { Exchange, Journal } from '../journal.ts';
import { integer } from './numbers.ts';

const beginsWithSlash = z.string().regex(/^\//, 'must begin with "/"');

/** Which exchanges are meant: all of what is given must be so; an empty match means every one. */
export const matchSchema = z.strictObject({
  method: z.string().optional().describe('HTTP method; upper and lower case differ.'),
  path: beginsWithSlash.optional().describe('Path without the query, as received.'),
  target: beginsWithSlash.optional().describe('Path and query, as received.'),
  status: integer(100, 599).optional().describe('Status of the answer.'),
  prompt: z.string().optional().describe('The whole prompt of an accepted request.'),
  promptContains: z.string().optional().describe('A part of the prompt.'),
  header: z
    .record(z.string(), z.string())
    .optional()
    .describe('Request headers by name; secrets are masked in the journal and never match.'),
  outcome: z.enum(['reply', 'wire', 'abandoned']).optional().describe('How the exchange ended.'),
  scenario: z.string().optional().describe('The scenario that it met.'),
  fault: z.string().optional().describe('A kind of fault that struck it, such as "reset".'),
  verdict: z.enum(['fine', 'fails']).optional().describe("What LangChain's class makes of it."),
  exception: z.string().optional().describe("The exception that LangChain's class raises."),
});

/** Which exchanges are meant: all that is named must hold. */
export type Match = z.output<typeof matchSchema>;

/** What a match can name. */
export const MATCH_KEYS: readonly string[] = Object.keys(matchSchema.shape);

/** True when the match means every exchange. */
export function isEmptyMatch(match: Match): boolean {
  return Object.values(match).every((value) => value === undefined);
}

/** Whether an exchange is meant by a match. */
export function isMatching(exchange: Exchange, match: Match): boolean {
  return isRequestMatching(exchange.request, match) && isOutcomeMatching(exchange, match);
}

function isRequestMatching(request: Exchange['request'], match: Match): boolean {
  const { prompt } = request;
  return (
    isWanted(match.method, request.method) &&
    isWanted(match.target, request.target) &&
    isWanted(match.path, request.target.split('?', 1)[0]) &&
    isWanted(match.prompt, prompt) &&
    (match.promptContains === undefined || (prompt?.includes(match.promptContains) ?? false)) &&
    Object.entries(match.header ?? {}).every(([name, value]) => hasHeader(request, name, value))
  );
}

function isOutcomeMatching(exchange: Exchange, match: Match): boolean {
  const { outcome, scenario, fault, diagnosis } = exchange;
  return (
    isWanted(match.outcome, outcome.kind) &&
    isWanted(match.scenario, scenario) &&
    (match.fault === undefined || faultsIn(fault).includes(match.fault)) &&
    isWanted(match.status, outcome.kind === 'abandoned' ? null : outcome.status) &&
    isWanted(match.verdict, diagnosis?.verdict) &&
    isWanted(match.exception, diagnosis?.exception)
  );
}

/** The parts of `latency + reset`, and the whole. */
function faultsIn(fault: string | null): readonly string[] {
  return fault === null ? [] : [fault, ...fault.split(' + ')];
}

function isWanted(wanted: unknown, actual: unknown): boolean {
  return wanted === undefined || wanted === actual;
}

function hasHeader(request: Exchange['request'], name: string, value: string): boolean {
  const wanted = name.toLowerCase();
  return request.headers.some(
    (header) => header[0].toLowerCase() === wanted && header[1] === value,
  );
}

/** A number of matching exchanges, with what a reader must know to trust it. */
export interface Tally {
  readonly count: number;
  /** False when there may have been more, among those that are no longer kept. */
  readonly exact: boolean;
  /** How many exchanges there were in all. */
  readonly total: number;
  readonly evicted: number;
  readonly note?: string;
}

/** Says of a count whether evicted exchanges may be missing from it. */
export function tally(journal: Journal, match: Match, count: number): Tally {
  const { total, evicted, entriesMax } = journal;
  if (evicted === 0 || isEmptyMatch(match)) return { count, exact: true, total, evicted };
  const note =
    `The journal keeps the last ${entriesMax} exchanges; the ${evicted} before were evicted ` +
    'and are not looked at, so the count may be too low. Raise journalMax or clear more often.';
  return { count, exact: false, total, evicted, note };
}

/** How many exchanges a match means; of all exchanges even the evicted ones are known. */
export function countMatching(journal: Journal, match: Match): number {
  if (isEmptyMatch(match)) return journal.total;
  return findMatching(journal, match).length;
}

/** The kept exchanges that a match means, newest last. */
export function findMatching(journal: Journal, match: Match): readonly Exchange[] {
  return journal.list().filter((exchange) => isMatching(exchange, match));
}
