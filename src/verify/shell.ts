/** Single quotes keep everything as it is but themselves. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As encodeURIComponent, and the characters that curl itself gives a meaning. */
export function encodeForCurl(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** Query parameters without a question mark; empty when there are none. */
export function queryText(query: readonly (readonly [name: string, value: string])[]): string {
  return query.map(([name, value]) => `${encodeForCurl(name)}=${encodeForCurl(value)}`).join('&');
}
