import type { ExampleRequest } from '../../contract/example-request.ts';
import { queryText, quoteForShell } from '../../verify/shell.ts';

/** The request as one line for a POSIX shell. */
export function curlCommand(url: string, { method, query, body }: ExampleRequest): string {
  const words = ['curl'];
  const implied = body === null ? 'GET' : 'POST';
  if (method !== implied) words.push('-X', method);
  const question = query === null || query.length === 0 ? '' : `?${queryText(query)}`;
  words.push(quoteForShell(`${url}/${question}`));
  if (body !== null) {
    words.push('-H', quoteForShell('Content-Type: application/json'));
    words.push('-d', quoteForShell(JSON.stringify(body)));
  }
  return words.join(' ');
}
