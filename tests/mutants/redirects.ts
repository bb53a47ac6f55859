import { type Answering, type Asked, type Mutant, type MutantReply, replyOf } from './mutant.ts';

function redirect(status: number, location: string | null): MutantReply {
  const headers: MutantReply['headers'] = location === null ? [] : [['location', location]];
  return { status, headers, body: Buffer.alloc(0) };
}

/** Redirects every request to the function itself, and not what they lead to. */
function posted(answer: (asked: Asked) => MutantReply): Answering {
  return (asked) => (asked.method === 'POST' ? answer(asked) : asked.correct);
}

/** Redirects that lead nowhere. */
export const REDIRECT_MUTANTS: readonly Mutant[] = [
  {
    name: '301-to-itself',
    summary: 'redirects to itself',
    expected: ['redirect-loop'],
    reply: ({ target }) => redirect(301, target),
  },
  {
    name: '307-to-itself',
    summary: 'redirects to itself with the same method',
    expected: ['redirect-loop'],
    reply: ({ target }) => redirect(307, target),
  },
  {
    name: '302-in-a-circle',
    summary: 'redirects in a circle of three',
    expected: ['redirect-elsewhere'],
    reply: ({ target }) => redirect(302, { '/': '/a', '/a': '/b', '/b': '/' }[target] ?? '/'),
  },
  {
    name: '303-for-ever',
    summary: 'says for ever that the answer is elsewhere',
    expected: ['redirect-loop'],
    reply: ({ random }) => redirect(303, `/result?id=${random.integer(0, 1e9)}`),
  },
  {
    name: '303-without-location',
    summary: 'redirects, and does not say where to',
    expected: ['redirect-without-location'],
    reply: posted(() => redirect(303, null)),
  },
  {
    name: '302-to-no-url',
    summary: 'redirects to what is no URL',
    expected: ['redirect-without-location'],
    reply: posted(() => redirect(302, 'http://[not-a-url')),
  },
  {
    name: '307-elsewhere',
    summary: 'redirects to another host',
    expected: ['redirect-elsewhere'],
    reply: posted(() => redirect(307, 'http://elsewhere.invalid/')),
  },
  {
    name: '308-to-https',
    summary: 'redirects to the same host over TLS',
    expected: ['redirect-elsewhere'],
    reply: posted(({ origin }) => redirect(308, `${origin.replace('http:', 'https:')}/`)),
  },
  {
    name: '302-to-a-login',
    summary: 'redirects to a page of another host, over another protocol',
    expected: ['redirect-elsewhere'],
    reply: posted(() => redirect(302, 'ftp://elsewhere.invalid/login')),
  },
  {
    name: '303-to-post-only',
    summary: 'redirects to a result that does not take GET',
    expected: ['redirect-get-refused'],
    reply: posted(({ origin }) => redirect(303, `${origin}/?__modal_function_call_id=fc-1`)),
  },
  {
    name: '303-to-not-found',
    summary: 'redirects to a result that is not there',
    expected: ['redirect-get-refused'],
    reply: ({ method, correct }) =>
      method === 'POST' && correct.status === 200
        ? redirect(303, '/result')
        : method === 'GET' && correct.status === 404
          ? replyOf(404, 'application/json', '{"detail":"Not Found"}')
          : correct,
  },
];
