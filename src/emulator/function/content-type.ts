import { pythonStrip } from '../python/parse-number.ts';

/**
 * Whether FastAPI reads a body of this Content-Type as JSON: `application/json` or
 * `application/*+json`, parameters and case aside, by the rules of Python's `email.message`.
 */
export function isJsonContentType(value: string): boolean {
  if (value === 'application/json') return true;
  const [mediaType = ''] = value.split(';', 1);
  const parts = pythonStrip(mediaType).toLowerCase().split('/');
  if (parts.length !== 2) return false;
  const [type, subtype = ''] = parts;
  return type === 'application' && (subtype === 'json' || subtype.endsWith('+json'));
}
