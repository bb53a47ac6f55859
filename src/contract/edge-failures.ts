/** An answer that Modal's HTTP front gives by itself, without the function. */
export interface EdgeFailure {
  readonly name: string;
  readonly status: number;
  /** How the text begins behind `modal-http: `. */
  readonly text: string;
  readonly summary: string;
  /** What the one who asked should do. */
  readonly hint: string;
}

/** Before every text of the front. */
export const EDGE_PREFIX = 'modal-http: ';

/**
 * The known answers of Modal's front. Source: facts/modal-endpoint.md section 4.5, with how sure
 * each of them is; the texts were reported by others, none was captured here.
 */
export const EDGE_FAILURES = [
  {
    name: 'not-deployed',
    status: 404,
    text: 'invalid function call',
    summary: 'nothing is deployed under this name',
    hint: 'Check the URL; deploy the app, or wait until its container starts without an error.',
  },
  {
    name: 'stopped',
    status: 404,
    text: 'app for invoked web endpoint is stopped',
    summary: 'the app was stopped',
    hint: 'Deploy it again, or start "modal serve" again.',
  },
  {
    name: 'workspace-disabled',
    status: 404,
    text: 'workspace ',
    summary: 'the workspace is disabled',
    hint: "Look at the workspace's billing.",
  },
  {
    name: 'proxy-auth-missing',
    status: 401,
    text: 'missing credentials for proxy authorization',
    summary: 'the endpoint asks for a proxy token',
    hint: 'Give one: Modal-Key and Modal-Secret.',
  },
  {
    name: 'proxy-auth-invalid',
    status: 401,
    text: 'invalid credentials for proxy authorization',
    summary: 'the proxy token is not valid here',
    hint: 'Use a proxy token (wk-..., ws-...) of this workspace; an API token (ak-...) is none.',
  },
  {
    name: 'bad-redirect-method',
    status: 400,
    text: 'bad redirect method',
    summary: 'a result URL was asked with another method than GET',
    hint: 'Follow a 303 with GET.',
  },
  {
    name: 'prohibited-header',
    status: 400,
    text: 'prohibited modal header',
    summary: 'a request header begins with "Modal-"',
    hint: 'Leave it out; only Modal-Key and Modal-Secret may be sent.',
  },
  {
    name: 'spend-limit',
    status: 429,
    text: 'Webhook failed: workspace billing cycle spend limit reached',
    summary: "the workspace's spend limit is reached",
    hint: 'Raise the limit, or wait for the next billing cycle.',
  },
  {
    name: 'queue-full',
    status: 429,
    text: 'Function ',
    summary: 'too many requests wait for the function',
    hint: 'Send fewer at once, or allow more containers.',
  },
  {
    name: 'function-timeout',
    status: 500,
    text: 'internal error: function execution timed out',
    summary: 'the function ran longer than its timeout',
    hint: 'Raise the timeout of the function, or make it faster.',
  },
  {
    name: 'function-killed',
    status: 500,
    text: 'internal error: function was terminated by signal',
    summary: 'the container was killed',
    hint: "Look at the app's log; out of memory is the usual reason.",
  },
  {
    name: 'function-failed',
    status: 500,
    text: 'internal error',
    summary: 'the function failed before it could answer',
    hint: "Look at the app's log.",
  },
] as const satisfies readonly EdgeFailure[];

/** The first of the known answers that this one is; null when Modal's front did not write it. */
export function findEdgeFailure(status: number, body: string): EdgeFailure | null {
  if (!body.startsWith(EDGE_PREFIX)) return null;
  const text = body.slice(EDGE_PREFIX.length);
  const known = EDGE_FAILURES.find((one) => one.status === status && text.startsWith(one.text));
  if (known !== undefined) return known;
  return {
    name: 'edge-failure',
    status,
    text: text.trim().slice(0, 200),
    summary: "Modal's front answered by itself",
    hint: "Look at the app's page on Modal.",
  };
}
