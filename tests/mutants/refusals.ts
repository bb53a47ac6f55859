import { good, json, type Mutant, refused, replyOf, withHeader } from './mutant.ts';

const VALID = '{"prompt":"hello"}';

/** Wrong requests are not refused, or not as FastAPI refuses them. */
export const VALIDATION_MUTANTS: readonly Mutant[] = [
  {
    name: 'missing-prompt-accepted',
    summary: 'answers a request without a prompt',
    expected: ['refusal-accepted'],
    reply: ({ correct, json: value, prompt }) =>
      correct.status === 422 && prompt === null && !hasPrompt(value)
        ? replyOf(200, 'application/json', VALID)
        : correct,
  },
  {
    name: 'wrong-type-accepted',
    summary: 'answers a prompt that is no string',
    expected: ['refusal-accepted'],
    reply: ({ correct, json: value }) =>
      correct.status === 422 && hasPrompt(value)
        ? replyOf(200, 'application/json', VALID)
        : correct,
  },
  {
    name: 'refused-with-400',
    summary: 'refuses with 400 and a text',
    expected: ['refusal-status'],
    reply: refused(422, () => replyOf(400, 'text/plain', 'Bad Request')),
  },
  {
    name: 'refused-with-500',
    summary: 'crashes on a wrong request',
    expected: ['refusal-crash'],
    reply: refused(422, () => replyOf(500, 'text/plain', 'Internal Server Error')),
  },
  {
    name: '422-without-detail',
    summary: 'refuses with another JSON',
    expected: ['refusal-shape'],
    reply: refused(422, () => replyOf(422, 'application/json', '{"error":"prompt is missing"}')),
  },
  {
    name: '422-as-text-detail',
    summary: 'refuses with a sentence under detail',
    expected: ['refusal-shape'],
    reply: refused(422, () => replyOf(422, 'application/json', '{"detail":"prompt is missing"}')),
  },
  {
    name: '422-as-html',
    summary: 'refuses with a page',
    expected: ['refusal-not-json'],
    reply: refused(422, () => replyOf(422, 'text/html', '<html><body>Refused</body></html>')),
  },
  {
    name: '422-of-another-field',
    summary: 'blames another parameter',
    expected: ['refusal-place'],
    reply: refused(422, () => {
      const detail = [{ type: 'missing', loc: ['body', 'text'], msg: 'Field required', input: {} }];
      return replyOf(422, 'application/json', JSON.stringify({ detail }));
    }),
  },
];

/** Another method is not refused as it should be. */
export const METHOD_MUTANTS: readonly Mutant[] = [
  {
    name: 'get-answered',
    summary: 'answers a GET as if it were a POST',
    expected: ['method-accepted'],
    reply: refused(405, () => replyOf(200, 'application/json', VALID)),
  },
  {
    name: 'allow-missing',
    summary: 'refuses a GET without Allow',
    expected: ['allow-missing'],
    reply: refused(405, (reply) => withHeader(reply, 'allow', null)),
  },
  {
    name: 'allow-wrong',
    summary: 'refuses a GET, and says that GET is allowed',
    expected: ['allow-wrong'],
    reply: refused(405, (reply) => withHeader(reply, 'allow', 'GET, HEAD')),
  },
  {
    name: 'get-not-found',
    summary: 'refuses a GET with 404',
    expected: ['method-status'],
    reply: refused(405, () => replyOf(404, 'application/json', '{"detail":"Not Found"}')),
  },
];

/** Good requests that are out of the ordinary are refused, or answered otherwise. */
export const REQUEST_MUTANTS: readonly Mutant[] = [
  {
    name: 'extra-keys-refused',
    summary: 'refuses keys that it does not know',
    expected: ['request-refused'],
    reply: good((reply, { json: value }) => (hasExtras(value) ? forbidden() : reply)),
  },
  {
    name: 'extra-keys-change-the-shape',
    summary: 'answers under another key where there are extra keys',
    expected: ['key-other'],
    reply: json((value, asked) => (hasExtras(asked.json) ? { text: value.prompt } : value)),
  },
  {
    name: 'extra-keys-come-back',
    summary: 'writes the extra keys over the answer',
    expected: ['value-null'],
    reply: json((value, asked) => (hasExtras(asked.json) ? { prompt: null } : value)),
  },
  {
    name: 'empty-prompt-refused',
    summary: 'refuses an empty prompt',
    expected: ['request-refused'],
    reply: good((reply, { prompt }) => (prompt === '' ? forbidden() : reply)),
  },
  {
    name: 'non-ascii-crash',
    summary: 'crashes on what is not ASCII',
    expected: ['server-error'],
    reply: good((reply, { prompt }) =>
      /^[\x20-\x7e\s]*$/.test(prompt ?? '')
        ? reply
        : replyOf(500, 'text/plain; charset=utf-8', 'Internal Server Error'),
    ),
  },
  {
    name: 'long-prompt-refused',
    summary: 'refuses a long prompt with 413',
    expected: ['request-refused'],
    reply: good((reply, { prompt }) =>
      (prompt ?? '').length > 5000 ? replyOf(413, 'text/plain', 'Payload Too Large') : reply,
    ),
  },
];

function forbidden() {
  const detail = [{ type: 'extra_forbidden', loc: ['body'], msg: 'Not permitted', input: null }];
  return replyOf(422, 'application/json', JSON.stringify({ detail }));
}

function hasPrompt(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'prompt' in value;
}

function hasExtras(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 1;
}
