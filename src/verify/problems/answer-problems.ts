import type { ProblemTable } from './problem-info.ts';

const failed = { status: 'failed', consequence: null } as const;
const ONE_OBJECT = 'Answer one JSON object, and nothing else.';
const DESCRIBE = 'Correct the endpoint, or describe its shape if it is meant to be another';

/** What can be wrong with head and text of an answer. */
export const ANSWER_PROBLEMS = {
  'status-not-200': {
    ...failed,
    summary: 'the status is not 200',
    hint: 'Answer 200 when the function has an answer.',
  },
  'path-not-found': {
    ...failed,
    summary: 'there is nothing under this path (404)',
    hint: 'Check the path of the URL: a Modal web endpoint has one route, "/".',
  },
  'method-refused': {
    ...failed,
    summary: 'the endpoint takes another method (405)',
    hint: `${DESCRIBE}: its method.`,
  },
  'request-refused': {
    ...failed,
    summary: 'the endpoint refuses a good request (4xx)',
    hint: `${DESCRIBE}: the names and types of its parameters.`,
  },
  'server-error': {
    ...failed,
    summary: 'the function crashed (5xx)',
    hint: "Look for the exception in the function's log.",
  },
  'content-type-missing': {
    ...failed,
    summary: 'there is no Content-Type',
    hint: 'Answer with "Content-Type: application/json".',
  },
  'content-type-wrong': {
    ...failed,
    summary: 'the Content-Type is not application/json',
    hint: 'Answer with "Content-Type: application/json".',
  },
  'charset-wrong': {
    ...failed,
    summary: 'the Content-Type names a charset that is not UTF-8',
    hint: 'Leave the charset out: JSON is UTF-8.',
  },
  'encoding-unasked': {
    ...failed,
    summary: 'the body is compressed in a way that was not asked for',
    hint: 'Compress only as Accept-Encoding allows: gzip, deflate.',
  },
  'encoding-mismatch': {
    ...failed,
    summary: 'the body is not what its Content-Encoding says',
    hint: 'Answer without Content-Encoding, or compress the body.',
  },
  'encoding-undeclared': {
    ...failed,
    summary: 'the body is compressed, and no Content-Encoding says so',
    hint: 'Say "Content-Encoding: gzip", or do not compress.',
  },
  'unpacks-too-large': {
    ...failed,
    summary: 'the compressed body unpacks to more than 8 MiB',
    hint: 'Answer the completion alone.',
    consequence: "LangChain's Modal class reads all of it into memory.",
  },
  'unpacks-too-slowly': {
    ...failed,
    summary: 'the compressed body takes too long to unpack',
    hint: 'Let the framework compress the answer, or do not compress it.',
    consequence: "LangChain's Modal class sets no timeout and waits for it.",
  },
  'not-utf-8': {
    ...failed,
    summary: 'the body is not UTF-8',
    hint: 'Write JSON as UTF-8.',
  },
  bom: {
    ...failed,
    summary: 'the body begins with a byte order mark',
    hint: 'Write UTF-8 without a byte order mark.',
  },
  'body-empty': { ...failed, summary: 'the answer has no body', hint: ONE_OBJECT },
  html: { ...failed, summary: 'the answer is a page of HTML', hint: ONE_OBJECT },
  'plain-text': { ...failed, summary: 'the answer is a text without JSON', hint: ONE_OBJECT },
  'event-stream': {
    ...failed,
    summary: 'the answer is a stream of events',
    hint: 'Answer one JSON object; stream only to clients of your own.',
  },
  'json-lines': { ...failed, summary: 'the answer is several lines of JSON', hint: ONE_OBJECT },
  'json-truncated': {
    ...failed,
    summary: 'the JSON stops in the middle',
    hint: 'Write the whole object before the answer ends.',
  },
  'json-trailing-garbage': {
    ...failed,
    summary: 'there is more behind the JSON',
    hint: ONE_OBJECT,
  },
  'json-invalid': {
    ...failed,
    summary: 'the answer is not valid JSON',
    hint: 'Write the answer with a JSON library.',
  },
  'json-nan': {
    ...failed,
    summary: 'the answer holds NaN or Infinity, which JSON does not have',
    hint: 'Write null, or leave the key out.',
  },
  'json-duplicate-keys': {
    ...failed,
    summary: 'a key stands twice in an object',
    hint: 'Write every key once; clients disagree about which one counts.',
  },
  'json-too-deep': {
    ...failed,
    summary: 'the answer is nested deeper than Python reads',
    hint: 'Answer a flat object.',
  },
  'json-huge-number': {
    ...failed,
    summary: 'the answer holds an integer that Python refuses for its length',
    hint: 'Answer shorter numbers, or write them as strings.',
  },
  'json-too-many-values': {
    ...failed,
    summary: 'the answer holds more values and escapes than any answer needs',
    hint: 'Answer a flat object.',
    consequence: "LangChain's Modal class reads all of it into memory.",
  },
  'json-double-encoded': {
    ...failed,
    summary: 'the answer is a JSON string that holds JSON',
    hint: 'Return the object itself: FastAPI writes the JSON.',
  },
} as const satisfies ProblemTable;
