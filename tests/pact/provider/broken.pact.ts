import { expect, test } from 'vitest';
import type { PactInteractionResult } from '../../../src/verify/pact/engine-outcome.ts';
import { type Answer, type Mutation, serveBroken } from '../broken-endpoint.ts';
import { CONSUMERS } from '../files.ts';
import { failuresIn, judge } from '../judge.ts';

/** What an endpoint that nobody can put into a state is held to. */
const STATELESS = CONSUMERS.filter(({ needsStates }) => !needsStates);

const REFUSED = [
  'prompt-client: a request without a prompt',
  'prompt-client: a prompt that is an object',
];
const WRONG_METHOD = ['prompt-client: a prompt by GET'];
const WRONG_PATH = ['prompt-client: a prompt to another path'];

/** Which interactions a broken endpoint breaks, by consumer and description. */
interface Breakage {
  readonly name: string;
  readonly mutate: Mutation;
  readonly breaks: (interaction: string) => boolean;
  /** Every one of them for this: kind of the mismatch, its path, and words of its text. */
  readonly because: readonly [kind: string, path: string | null, text: string];
}

const isAnswer = (interaction: string) =>
  ![...REFUSED, ...WRONG_METHOD, ...WRONG_PATH].includes(interaction);
const isEcho = (interaction: string) =>
  interaction.startsWith('langchain') && !interaction.endsWith('an empty prompt');

/** Changes good answers only. */
function ofAnswers(change: (answer: Answer, text: string) => Partial<Answer>): Mutation {
  return (answer) =>
    answer.status === 200
      ? { ...answer, ...change(answer, JSON.parse(answer.body).prompt) }
      : answer;
}

/** Changes answers of one status. */
function ofStatus(status: number, change: (answer: Answer) => Answer): Mutation {
  return (answer) => (answer.status === status ? change(answer) : answer);
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

const BREAKAGES: readonly Breakage[] = [
  {
    name: 'the answer under another key',
    mutate: ofAnswers((_, text) => ({ body: JSON.stringify({ response: text }) })),
    breaks: isAnswer,
    because: ['body', '$', 'missing'],
  },
  {
    name: 'an answer that is a list',
    mutate: ofAnswers((_, text) => ({ body: JSON.stringify({ prompt: [text] }) })),
    breaks: isAnswer,
    because: ['body', '$.prompt', 'Expected ['],
  },
  {
    name: 'an answer that is null',
    mutate: ofAnswers(() => ({ body: '{"prompt":null}' })),
    breaks: isAnswer,
    because: ['body', '$.prompt', 'to be the same type as'],
  },
  {
    name: 'an answer without the prompt in it',
    mutate: ofAnswers(() => ({ body: '{"prompt":"hello world"}' })),
    breaks: isEcho,
    because: ['body', '$.prompt', "Expected 'hello world' to include"],
  },
  {
    name: 'an answer in another normal form',
    mutate: ofAnswers((_, text) => ({ body: JSON.stringify({ prompt: text.normalize('NFC') }) })),
    breaks: (interaction) => /^langchain.*: a non-ASCII prompt$/.test(interaction),
    because: ['body', '$.prompt', 'to include'],
  },
  {
    name: 'status 500',
    mutate: ofAnswers(() => ({ status: 500 })),
    breaks: isAnswer,
    because: ['status', null, 'expected 200 but was 500'],
  },
  {
    name: 'HTML',
    mutate: ofAnswers((_, text) => ({ headers: HTML, body: `<p>${text}</p>` })),
    breaks: isAnswer,
    because: ['content-type', null, 'text/html'],
  },
  {
    name: '422 as a text with 400',
    mutate: ofStatus(422, () => ({ status: 400, headers: HTML, body: 'Bad Request' })),
    breaks: (interaction) => REFUSED.includes(interaction),
    because: ['status', null, 'expected 422 but was 400'],
  },
  {
    name: '422 with a detail that is a text',
    mutate: ofStatus(422, (answer) => ({ ...answer, body: '{"detail":"no prompt"}' })),
    breaks: (interaction) => REFUSED.includes(interaction),
    because: ['body', '$.detail', ''],
  },
  {
    name: '422 with an empty detail',
    mutate: ofStatus(422, (answer) => ({ ...answer, body: '{"detail":[]}' })),
    breaks: (interaction) => REFUSED.includes(interaction),
    because: ['body', '$.detail', ''],
  },
  {
    name: '405 without Allow',
    mutate: ofStatus(405, ({ headers: { allow: _, ...headers }, ...rest }) => ({
      ...rest,
      headers,
    })),
    breaks: (interaction) => WRONG_METHOD.includes(interaction),
    because: ['header', 'Allow', 'Allow'],
  },
  {
    name: '404 as 200',
    mutate: ofStatus(404, (answer) => ({ ...answer, status: 200 })),
    breaks: (interaction) => WRONG_PATH.includes(interaction),
    because: ['status', null, 'expected 404 but was 200'],
  },
];

const nameOf = ({ consumer, description }: PactInteractionResult) => `${consumer}: ${description}`;

async function judgeBroken(mutate: Mutation) {
  const endpoint = await serveBroken(mutate);
  try {
    return await judge(endpoint, STATELESS);
  } finally {
    await endpoint.close();
  }
}

test('nothing fails where nothing is broken', async () => {
  expect(failuresIn(await judgeBroken((answer) => answer))).toEqual([]);
});

test.each(BREAKAGES)('$name', async ({ mutate, breaks, because: [kind, path, text] }) => {
  const results = await judgeBroken(mutate);
  const failed = results.filter(({ status }) => status === 'failed');
  expect(failed.map(nameOf)).toEqual(results.map(nameOf).filter(breaks));
  expect(failed.length).toBeGreaterThan(0);
  for (const { mismatches } of failed) {
    expect(mismatches).toContainEqual(
      expect.objectContaining({ kind, path, text: expect.stringContaining(text) }),
    );
  }
});

test('a closed connection', async () => {
  const results = await judgeBroken(() => null);
  expect(results.map(({ status }) => status)).toEqual(results.map(() => 'failed'));
  for (const { error } of results) expect(error).toContain('error sending request');
});
