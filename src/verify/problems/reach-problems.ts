import { EDGE_FAILURES } from '../../contract/edge-failures.ts';
import type { ProblemInfo, ProblemTable } from './problem-info.ts';

type EdgeName = (typeof EDGE_FAILURES)[number]['name'];

const NOT_JSON =
  "LangChain's Modal class raises requests.exceptions.JSONDecodeError: it never looks at the status.";

/** What the function did, and not its deployment, its workspace or its caller. */
const BROKEN_BY_FUNCTION: readonly string[] = [
  'function-timeout',
  'function-killed',
  'function-failed',
];

const edgeProblems = Object.fromEntries(
  EDGE_FAILURES.map(({ name, summary, hint }): [string, ProblemInfo] => [
    name,
    {
      status: BROKEN_BY_FUNCTION.includes(name) ? 'failed' : 'inconclusive',
      summary,
      hint,
      consequence: NOT_JSON,
    },
  ]),
  // Every name of the list is a key, by construction.
) as Readonly<Record<EdgeName, ProblemInfo>>;

/** Answers that come from before the function, and redirects that lead away from it. */
export const REACH_PROBLEMS = {
  ...edgeProblems,
  'edge-failure': {
    status: 'inconclusive',
    summary: "Modal's front answered by itself, in words that are not known here",
    hint: "Look at the app's page on Modal.",
    consequence: NOT_JSON,
  },
  unauthorized: {
    status: 'inconclusive',
    summary: 'the endpoint wants credentials',
    hint: 'Give them: --header "Authorization: Bearer ...", or --modal-key and --modal-secret.',
    consequence: "LangChain's Modal class has no way to send a header.",
  },
  'rate-limited': {
    status: 'inconclusive',
    summary: 'the endpoint refuses for the number of requests',
    hint: 'Wait, and try again.',
    consequence: "LangChain's Modal class never looks at the status, nor at Retry-After.",
  },
  'redirect-elsewhere': {
    status: 'inconclusive',
    summary: 'the endpoint redirects elsewhere, where credentials are not taken along',
    hint: 'Verify the URL that it redirects to, if that is yours.',
    consequence:
      "LangChain's Modal class follows: 301, 302 and 303 with a GET that has no prompt, 307 and 308 with the same POST.",
  },
  'redirect-loop': {
    status: 'inconclusive',
    summary: 'the endpoint redirects again and again',
    hint: 'Let a 303 lead to the answer; Modal answers one every 150 seconds at most.',
    consequence: "LangChain's Modal class raises requests.exceptions.TooManyRedirects after 30.",
  },
  'redirect-without-location': {
    status: 'inconclusive',
    summary: 'a redirect does not say where to',
    hint: 'Answer a redirect with a Location that is a URL.',
    consequence: "LangChain's Modal class reads the redirect itself as the answer.",
  },
  'still-working': {
    status: 'inconclusive',
    summary: 'the function still worked when the time was over (303)',
    hint: 'Give --timeout more seconds, or make the function faster.',
    consequence:
      "LangChain's Modal class follows 30 redirects, about 75 minutes; httpx follows none.",
  },
  'redirect-get-refused': {
    status: 'failed',
    summary: 'the URL of a 303 refuses a GET',
    hint: 'Answer a GET there: every client follows a 303 with GET.',
    consequence: "LangChain's Modal class reads the refusal as the answer.",
  },
} as const satisfies ProblemTable;
