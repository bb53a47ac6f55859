import { UsageError } from '../usage-error.ts';
import { ProblemError, problemBody } from './problem.ts';

/**
 * On every answer. There is no CORS header among them on purpose: a page that is open in the
 * user's browser must not read recorded prompts.
 */
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** JSON that goes out as it is written; `?pretty` indents what it says. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Answers JSON, indented when the query says `?pretty`. */
export function respondJson(request: Request, value: unknown): Response {
  const body =
    value instanceof JsonText ? jsonText(request, value) : stringifyBounded(request, value ?? null);
  return respond(body, 200, { 'content-type': 'application/json' });
}

/** Answers why a request was refused; an error of the emulator's own shows nothing of itself. */
export function respondError(request: Request, error: Error): Response {
  const problem = toProblem(error);
  const body = problemBody(problem, new URL(request.url).pathname);
  return respond(stringify(request, body), problem.status, {
    ...problem.extras.headers,
    'content-type': 'application/problem+json',
  });
}

/** Answers OPTIONS. A preflight learns nothing from it that would let a browser go on. */
export function respondOptions(allow: string): Response {
  return respond(null, 204, { allow });
}

function respond(body: string | null, status: number, headers: Record<string, string>): Response {
  return new Response(body, { status, headers: { ...HEADERS, ...headers } });
}

function toProblem(error: Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof UsageError) return new ProblemError(400, error.code, error.message);
  return new ProblemError(
    500,
    'internal-error',
    "Failed to answer: the emulator made a mistake. Look at the emulator's log, and report it.",
  );
}

function isPretty(request: Request): boolean {
  const pretty = new URL(request.url).searchParams.get('pretty');
  return pretty !== null && pretty !== 'false' && pretty !== '0';
}

function jsonText(request: Request, { text }: JsonText): string {
  return isPretty(request) ? stringify(request, JSON.parse(text)) : text;
}

function stringify(request: Request, value: unknown): string {
  return isPretty(request) ? `${JSON.stringify(value, null, 2)}\n` : JSON.stringify(value);
}

/** A journal of many large bodies can be more than a string can hold. */
function stringifyBounded(request: Request, value: unknown): string {
  try {
    return stringify(request, value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError(
      400,
      'answer-too-large',
      'Failed to answer: it is more than one text can hold. Ask for less with "limit".',
    );
  }
}
