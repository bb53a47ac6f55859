import { type JsonBounds, passedBound } from '../json-bounds.ts';
import type { NotJsonReason, TooLargeReason } from './failure.ts';

/** Far beyond what an endpoint means to say; Python itself reads no more levels. */
export const ANSWER_BOUNDS: JsonBounds = { valuesMax: 500_000, depthMax: 1000 };

/** The value of an answer, or why it has none. */
export type ParsedAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: NotJsonReason | Exclude<TooLargeReason, 'bytes'> };

/** Parses as strictly as RFC 8259, UTF-8 and no mark before it, what takes a bounded memory. */
export function parseAnswer(bytes: Uint8Array): ParsedAnswer {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, reason: 'not-utf-8' };
  }
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  if (text.startsWith('\ufeff')) return { ok: false, reason: 'byte-order-mark' };
  const passed = passedBound(text, ANSWER_BOUNDS);
  if (passed !== null) return { ok: false, reason: passed === 'depthMax' ? 'depth' : 'values' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'syntax' };
  }
}
