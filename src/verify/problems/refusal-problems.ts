import type { ProblemTable } from './problem-info.ts';

const failed = { status: 'failed', consequence: null } as const;
const BLIND = 'A client cannot tell a mistake of its own from a failure of the endpoint.';
const DECLARE =
  'Declare the parameters with their types, so that FastAPI refuses what does not fit.';

/** What can be wrong with how an endpoint refuses a request. */
export const REFUSAL_PROBLEMS = {
  'refusal-accepted': {
    status: 'failed',
    summary: 'a bad request is accepted',
    hint: DECLARE,
    consequence: 'A mistake of the client stays hidden, and its answer is paid for.',
  },
  'refusal-crash': {
    status: 'failed',
    summary: 'the function crashes on a bad request (5xx)',
    hint: DECLARE,
    consequence: BLIND,
  },
  'refusal-status': {
    status: 'failed',
    summary: 'a bad request is refused with another status than 422',
    hint: 'Answer 422, as FastAPI does by itself.',
    consequence: BLIND,
  },
  'refusal-not-json': {
    ...failed,
    summary: 'the 422 is not JSON',
    hint: 'Leave the 422 to FastAPI, or answer its JSON: {"detail": [...]}.',
  },
  'refusal-shape': {
    ...failed,
    summary: "the 422 has not the shape of FastAPI's: a list of loc, msg and type under detail",
    hint: 'Leave the 422 to FastAPI, or answer its JSON: {"detail": [{"loc", "msg", "type"}]}.',
  },
  'refusal-place': {
    ...failed,
    summary: 'the 422 does not name the parameter that is wrong',
    hint: 'Name the parameter in "loc", as FastAPI does.',
  },
  'method-accepted': {
    status: 'failed',
    summary: 'another method is answered as if it were the right one',
    hint: 'Take one method only.',
    consequence: 'A mistake of the client stays hidden; caches and crawlers may call a GET.',
  },
  'method-status': {
    ...failed,
    summary: 'another method is refused with another status than 405',
    hint: 'Answer 405, as FastAPI does by itself.',
  },
  'allow-missing': {
    ...failed,
    summary: 'the 405 has no Allow',
    hint: 'Name the method that is taken: "Allow: POST".',
  },
  'allow-wrong': {
    ...failed,
    summary: "the 405's Allow does not name the method that is taken",
    hint: 'Name the method that is taken: "Allow: POST".',
  },
} as const satisfies ProblemTable;

/** Why a check was not tried. */
export const SKIP_PROBLEMS = {
  budget: {
    status: 'skipped',
    summary: 'the budget of requests is spent',
    hint: 'Give more: --max-requests.',
    consequence: null,
  },
  'earlier-failure': {
    status: 'skipped',
    summary: 'an earlier result makes it pointless',
    hint: 'Correct that first.',
    consequence: null,
  },
  unresponsive: {
    status: 'skipped',
    summary: 'the endpoint stopped answering',
    hint: 'Find out why it does not answer, then try again.',
    consequence: null,
  },
  'not-asked': {
    status: 'skipped',
    summary: 'it was not asked for',
    hint: 'Verify with the echo, if a client needs it.',
    consequence: null,
  },
  'not-applicable': {
    status: 'skipped',
    summary: 'it makes no sense for an endpoint of this shape',
    hint: 'There is nothing to do.',
    consequence: null,
  },
} as const satisfies ProblemTable;
