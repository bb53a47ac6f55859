import type { ProblemTable } from './problem-info.ts';

const failed = { status: 'failed', consequence: null } as const;
const ECHO = 'Answer with the prompt in it, word for word';

/** What can be wrong with the value that an answer holds. */
export const SHAPE_PROBLEMS = {
  'answer-not-object': {
    ...failed,
    summary: 'the answer is JSON, but no object',
    hint: 'Answer one JSON object with the text under its key.',
  },
  'answer-not-string': {
    ...failed,
    summary: 'the answer is not the bare string that the definition promises',
    hint: 'Answer a JSON string, or name the key of the answer: --answer-key.',
  },
  'key-missing': {
    ...failed,
    summary: "the answer's key is missing",
    hint: 'Answer under the key, or name the one that is used: --answer-key.',
  },
  'key-case': {
    ...failed,
    summary: "the answer's key is written in another case",
    hint: 'Write the key exactly: JSON keys are case-sensitive.',
  },
  'key-other': {
    ...failed,
    summary: 'the text stands under another well-known key',
    hint: 'Name the key that is used: --answer-key.',
  },
  'value-null': { ...failed, summary: 'the text is null', hint: 'Answer a string.' },
  'value-boolean': { ...failed, summary: 'the text is true or false', hint: 'Answer a string.' },
  'value-number': { ...failed, summary: 'the text is a number', hint: 'Answer a string.' },
  'value-list': {
    ...failed,
    summary: 'the text is a list',
    hint: 'Answer one string: the first completion, or all of them joined.',
  },
  'value-object': {
    ...failed,
    summary: 'the text is an object',
    hint: 'Answer the completion itself, a string.',
  },
  'value-surrogate': {
    status: 'failed',
    summary: 'the text holds half of a surrogate pair, which is no character',
    hint: 'Cut a text between characters, not between UTF-16 units.',
    consequence: 'Python raises UnicodeEncodeError when the text is printed, or written to a file.',
  },
  'echo-missing': {
    ...failed,
    summary: 'the answer does not repeat the prompt',
    hint: `${ECHO}, or verify without it: --no-echo.`,
  },
  'echo-trimmed': {
    ...failed,
    summary: 'the prompt is repeated without the space around it',
    hint: `${ECHO}: do not strip it.`,
  },
  'echo-spaces': {
    ...failed,
    summary: 'the prompt is repeated with other spaces in it',
    hint: `${ECHO}: let the tokenizer clean nothing up.`,
  },
  'echo-case': {
    ...failed,
    summary: 'the prompt is repeated in another case',
    hint: `${ECHO}: an uncased tokenizer loses the case.`,
  },
  'echo-normalized': {
    ...failed,
    summary: 'the prompt is repeated in another Unicode normal form',
    hint: `${ECHO}: do not normalize it.`,
  },
  'echo-line-ends': {
    ...failed,
    summary: 'the prompt is repeated with other line ends',
    hint: `${ECHO}: leave \\n and \\r\\n as they are.`,
  },
  'echo-html-escaped': {
    ...failed,
    summary: 'the prompt is repeated with HTML escapes',
    hint: `${ECHO}: escape where a page is made of it, not here.`,
  },
  'echo-json-escaped': {
    ...failed,
    summary: 'the prompt is repeated with the escapes of JSON in it',
    hint: `${ECHO}: the text was written as JSON twice.`,
  },
  'echo-url-encoded': {
    ...failed,
    summary: 'the prompt is repeated with the escapes of a URL in it',
    hint: `${ECHO}: decode it first.`,
  },
  'echo-not-unicode': {
    ...failed,
    summary: 'the prompt is repeated with its non-ASCII characters broken',
    hint: `${ECHO}: read and write UTF-8 everywhere.`,
  },
  'echo-truncated': {
    ...failed,
    summary: 'only a part of the prompt is repeated',
    hint: `${ECHO}, however long it is; a limit of tokens cuts it.`,
  },
  'echo-changed': {
    ...failed,
    summary: 'the prompt is repeated with changes',
    hint: `${ECHO}: hand it on untouched.`,
  },
  'stale-answer': {
    ...failed,
    summary: 'the answer is that to another prompt',
    hint: 'Look for a cache with too short a key, and for state that requests share.',
  },
  'langchain-raises': {
    ...failed,
    summary: "LangChain's Modal class raises an exception on the answer",
    hint: 'Answer one JSON object whose "prompt" is a string that repeats the prompt.',
  },
} as const satisfies ProblemTable;
