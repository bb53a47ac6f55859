import {
  ContentDecodingError,
  decodeContent,
  OutputLimitError,
} from '../../emulator/diagnosis/content-encoding.ts';
import { headerOf } from '../../emulator/diagnosis/headers.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { decodeUtf8 } from '../../emulator/python/decode.ts';
import type { Clock } from '../../scenarios/clock.ts';
import type { ProbeAnswer } from '../exchange.ts';
import { BODY_MAX_BYTES } from '../exchange-limits.ts';
import { formatDuration } from '../reports/duration.ts';
import { seen } from './read-head.ts';
import { broken, fine, type Stage } from './stage.ts';

const ASKED_FOR = new Set(['gzip', 'x-gzip', 'deflate', 'identity', '']);

/** How long the unpacking of a body may take. */
export interface UnpackTime {
  readonly clock: Pick<Clock, 'now'>;
  readonly timeoutMs: number;
}

/** A few bytes can be made to keep an unpacker busy without giving anything. */
class UnpackTimeError extends Error {}

/** Undoes what Content-Encoding says. */
export function readContent(
  { headers, body }: ProbeAnswer,
  { clock, timeoutMs }: UnpackTime,
): Stage<Uint8Array> {
  const encoding = headerOf(headers, 'content-encoding') ?? '';
  const parts = encoding.split(',').map((part) => part.trim().toLowerCase());
  const is = `The Content-Encoding is ${showValue(encoding)}`;
  if (!parts.every((part) => ASKED_FOR.has(part))) {
    return broken('encoding-unasked', `${is}; "gzip, deflate" was asked for.`);
  }
  if (parts.every((part) => part === '' || part === 'identity')) {
    if (body[0] !== 0x1f || body[1] !== 0x8b) return fine(body);
    return broken('encoding-undeclared', 'The body is gzip, and there is no Content-Encoding.');
  }
  try {
    const endMs = clock.now() + timeoutMs;
    const onSlice = () => {
      if (clock.now() > endMs) throw new UnpackTimeError();
    };
    return fine(decodeContent(headers, body, { outputMaxBytes: BODY_MAX_BYTES, onSlice }));
  } catch (error) {
    if (error instanceof UnpackTimeError) {
      const within = formatDuration(timeoutMs);
      return broken('unpacks-too-slowly', `The body was not unpacked within ${within}.`);
    }
    if (error instanceof OutputLimitError) {
      return broken('unpacks-too-large', `The body unpacks to ${error.message}.`);
    }
    if (!(error instanceof ContentDecodingError)) throw error;
    return broken('encoding-mismatch', `${is}, but the body is ${seen(body)}.`);
  }
}

/** Decodes the body as UTF-8. */
export function readText(body: Uint8Array): Stage<string> {
  const [a, b, c] = body;
  const hasZero = a === 0 || b === 0;
  if (hasZero || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    return broken('not-utf-8', 'The body looks like UTF-16 or UTF-32.');
  }
  const text = decodeUtf8(body, { surrogates: false });
  if (text === null) {
    return broken('not-utf-8', `The body has bytes that are no UTF-8: ${seen(body)}.`);
  }
  if (a !== 0xef || b !== 0xbb || c !== 0xbf) return fine(text);
  const problem = { code: 'bom', reason: 'The body begins with the bytes EF BB BF.' } as const;
  return { problem, value: text.slice(1) };
}
