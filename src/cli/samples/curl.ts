import type { ExampleRequest } from './example-request.ts';

/** The request as one line for a POSIX shell. */
export function curlCommand(url: string, { method, query, body }: ExampleRequest): string {
  const words = ['curl'];
  const implied = body === null ? 'GET' : 'POST';
  if (method !== implied) words.push('-X', method);
  words.push(quoteForShell(`${url}/${queryText(query)}`));
  if (body !== null) {
    words.push('-H', quoteForShell('Content-Type: application/json'));
    words.push('-d', quoteForShell(JSON.stringify(body)));
  }
  return words.join(' ');
}

function queryText(query: ExampleRequest['query']): string {
  if (query === null || query.length === 0) return '';
  return `?${query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

/** As encodeURIComponent, and the characters that curl itself gives a meaning. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** Single quotes keep everything as it is but themselves. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
