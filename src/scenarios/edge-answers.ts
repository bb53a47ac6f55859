import { EDGE_FAILURES, EDGE_PREFIX } from '../contract/edge-failures.ts';
import type { HeaderList, Reply } from './outcome.ts';

/** How sure an answer of Modal's front is, from facts/modal-endpoint.md 4.5. */
export type Evidence = 'documented' | 'reported' | 'reported once' | 'guess';

/** An answer of Modal's front, ready to be written. */
export interface EdgeAnswer {
  readonly name: string;
  readonly status: number;
  /** The text behind the prefix; `{detail}` is where it varies. */
  readonly text: string;
  /** What stands for `{detail}` when nothing is given; null where nothing varies. */
  readonly detail: string | null;
  readonly evidence: Evidence;
  /** Whether the function was at work when it happened, and so is paid for. */
  readonly hasRun: boolean;
}

type Rest = Omit<EdgeAnswer, 'name' | 'status' | 'text' | 'detail'> &
  Partial<Pick<EdgeAnswer, 'detail'>> & {
    /** How the text of the contract goes on. */
    readonly rest?: string;
  };

type Name = (typeof EDGE_FAILURES)[number]['name'];

const WORKSPACE = 'ac-0000000000000000000000';
const FUNCTION = 'fu-0000000000000000000000';

const RESTS: Readonly<Record<Name, Rest>> = {
  'not-deployed': { evidence: 'reported', hasRun: false },
  stopped: { evidence: 'reported', hasRun: false },
  'workspace-disabled': {
    rest: '{detail} is disabled',
    detail: WORKSPACE,
    evidence: 'reported',
    hasRun: false,
  },
  'proxy-auth-missing': { evidence: 'documented', hasRun: false },
  'proxy-auth-invalid': { evidence: 'reported', hasRun: false },
  'bad-redirect-method': { evidence: 'reported', hasRun: false },
  // The status and the sense were reported; the exact words were not.
  'prohibited-header': {
    rest: ': {detail}',
    detail: 'modal-function-call-id',
    evidence: 'guess',
    hasRun: false,
  },
  'spend-limit': { evidence: 'reported', hasRun: false },
  'queue-full': {
    rest: `${FUNCTION} reached pending input queue limit (2000) for workspace {detail}`,
    detail: WORKSPACE,
    evidence: 'reported once',
    hasRun: false,
  },
  'function-timeout': { evidence: 'reported', hasRun: true },
  'function-killed': { evidence: 'reported', hasRun: true },
  'function-failed': {
    rest: ': status Failure: {detail}',
    detail: "RuntimeError('CUDA out of memory')",
    evidence: 'reported',
    hasRun: true,
  },
};

/** Beside those of the contract: rare ones, and some that may be no more than a retelling. */
const RARE: readonly EdgeAnswer[] = [
  {
    name: 'platform-failure',
    status: 500,
    text: 'internal error: status InternalFailure: {detail}',
    detail: 'Server has lost track of input',
    evidence: 'reported',
    hasRun: true,
  },
  {
    name: 'lost-track',
    status: 500,
    text: 'internal error: Server has lost track of input',
    detail: null,
    evidence: 'reported once',
    hasRun: true,
  },
  {
    name: 'call-timed-out',
    status: 502,
    text: 'function call timed out',
    detail: null,
    evidence: 'guess',
    hasRun: true,
  },
  {
    name: 'unreachable',
    status: 502,
    text: 'unreachable',
    detail: null,
    evidence: 'guess',
    hasRun: false,
  },
  // The status before 2025 is documented; what the text was is not.
  {
    name: 'proxy-auth-407',
    status: 407,
    text: 'missing credentials for proxy authorization',
    detail: null,
    evidence: 'guess',
    hasRun: false,
  },
  // The status is documented; what the text is over HTTP is not.
  {
    name: 'rate-limit',
    status: 429,
    text: 'Webhook failed: rate limit exceeded',
    detail: null,
    evidence: 'guess',
    hasRun: false,
  },
];

/** Everything that Modal's front is known, or thought, to answer by itself. */
export const EDGE_ANSWERS: readonly EdgeAnswer[] = [
  ...EDGE_FAILURES.map(({ name, status, text }): EdgeAnswer => {
    const { rest = '', detail = null, evidence, hasRun } = RESTS[name];
    return { name, status, text: text + rest, detail, evidence, hasRun };
  }),
  ...RARE,
];

/** The answer of this name, which must be one of them. */
export function findEdgeAnswer(name: string): EdgeAnswer {
  const answer = EDGE_ANSWERS.find((one) => one.name === name);
  if (answer === undefined) throw new Error(`the edge has no answer "${name}"`);
  return answer;
}

/**
 * Writes it: plain text with a line break at its end, and no CORS headers. Whether the charset is
 * named is not settled: three reports disagree.
 */
export function edgeReply(answer: EdgeAnswer, options: EdgeReplyOptions = {}): Reply {
  const text = answer.text.replace('{detail}', () => options.detail ?? answer.detail ?? '');
  const headers = options.headers ?? [];
  return {
    status: answer.status,
    headers: [['content-type', 'text/plain; charset=utf-8'], ...headers],
    body: `${EDGE_PREFIX}${text}\n`,
  };
}

/** What varies from answer to answer. */
export interface EdgeReplyOptions {
  readonly detail?: string | undefined;
  /** Behind those that it has anyway. */
  readonly headers?: HeaderList;
}
