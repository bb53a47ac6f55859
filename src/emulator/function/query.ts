import type { PyDict } from '../python/value.ts';

/** Reads a query string as Starlette does: blank values stay, the last of a repeated key counts. */
export function parseQuery(query: string): PyDict {
  const values = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    values.set(unquotePlus(name), equals < 0 ? '' : unquotePlus(pair.slice(equals + 1)));
  }
  return values;
}

/** Python's `unquote`: `%XX` as UTF-8 with replacement; what is no escape stays as it is. */
export function unquote(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    const bytes = escapes.match(/[0-9a-fA-F]{2}/g) ?? [];
    return replacingUtf8.decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}

function unquotePlus(text: string): string {
  return unquote(text.replaceAll('+', ' '));
}

const replacingUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
