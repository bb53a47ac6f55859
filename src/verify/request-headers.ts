import { z } from 'zod';
import { UsageError } from '../emulator/usage-error.ts';
import type { HeaderList } from '../scenarios/outcome.ts';

const HEADERS_MAX = 50;
const VALUE_MAX_CHARS = 8000;

/** They say how a request lies on the wire, or what the checks themselves put into it. */
const OWN =
  /^(?:host|connection|keep-alive|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect)$/i;

/** The name of a header that may be added to every request. */
const nameSchema = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'must have a header name before its colon')
  .refine((name) => !OWN.test(name), {
    error: ({ input }) => `names "${String(input)}", which is set for every request as it must be`,
  });

/** The value of a header: what HTTP allows, so that no value can add a header of its own. */
const valueSchema = z
  .string()
  .min(1, 'must have a value after the colon; quote the whole: "Name: value"')
  .max(VALUE_MAX_CHARS, `must have a value of at most ${VALUE_MAX_CHARS} characters`)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must have a value without line breaks and controls');

const pairSchema = z.tuple([nameSchema, valueSchema]);

/** `Name: value`, as curl takes it. */
const lineSchema = z
  .string()
  .regex(/^[^:]+:/, 'must be written as "Name: value"')
  .transform((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
  })
  .pipe(pairSchema);

/** Headers as lines. */
export const headerLinesSchema = z.array(lineSchema).max(HEADERS_MAX);

/** Headers as pairs. */
export const headerPairsSchema = z.array(pairSchema).max(HEADERS_MAX);

/** A half of Modal's proxy token. */
export const modalTokenSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,1000}$/, 'must be 1 to 1000 visible ASCII characters without spaces');

/** Modal's proxy token, as far as it is given. */
export interface ModalToken {
  readonly key: string | undefined;
  readonly secret: string | undefined;
}

/**
 * The headers of every request: one's own, and those that Modal's front asks for where an endpoint
 * has `requires_proxy_auth=True`.
 * @throws UsageError for half a token, or for one that a header says already
 */
export function requestHeaders(
  own: readonly (readonly [string, string])[],
  { key, secret }: ModalToken,
): HeaderList {
  if (key === undefined && secret === undefined) return own;
  if (key === undefined || secret === undefined) {
    const [given, other] = key === undefined ? ['secret', 'key'] : ['key', 'secret'];
    throw new UsageError(
      'half-token',
      `Failed to use the Modal ${given}: its ${other} is missing, and Modal asks for both. ` +
        `Give the ${other} as well, or neither.`,
    );
  }
  if (own.some(([name]) => /^modal-(?:key|secret)$/i.test(name))) {
    throw new UsageError(
      'token-twice',
      'Failed to use the Modal key and secret: a header of that name is given as well. ' +
        'Leave out one of them.',
    );
  }
  return [...own, ['Modal-Key', key], ['Modal-Secret', secret]];
}
