import type { Reply } from '../../scenarios/outcome.ts';
import type { Call } from '../call.ts';
import { decodeJsonBytes } from '../python/decode.ts';
import { JsonDecodeError } from '../python/json-errors.ts';
import { readJson } from '../python/json-read.ts';
import type { PyValue } from '../python/value.ts';
import { isJsonContentType } from './content-type.ts';
import { UNREADABLE_BODY } from './replies.ts';
import type { Stack } from './stacks.ts';
import type { Problem } from './validation/problem.ts';
import type { Validator } from './validation/validator.ts';

/** A body as FastAPI hands it to validation. */
export type Body =
  | { readonly kind: 'value'; readonly value: PyValue }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'reply'; readonly reply: Reply };

/**
 * Reads a body by its Content-Type, exactly. An empty body is null; a body of another type is its
 * bytes. Source: facts/modal-endpoint.md section 3, "Body parsing rule".
 */
export function readBody(call: Call, stack: Stack, validator: Validator): Body {
  if (call.body.length === 0) return { kind: 'value', value: null };
  const contentType = call.header('content-type');
  const isJson =
    contentType === null || contentType === ''
      ? !stack.traits.contentTypeRequired
      : isJsonContentType(contentType);
  if (!isJson) return { kind: 'value', value: call.body };
  const text = decodeJsonBytes(call.body);
  if (text === null) return { kind: 'reply', reply: UNREADABLE_BODY };
  try {
    return {
      kind: 'value',
      value: readJson(text, { ...stack.traits, depthMax: stack.traits.jsonDepthMax }),
    };
  } catch (error) {
    if (error instanceof JsonDecodeError) {
      return { kind: 'problem', problem: validator.invalidJson(error, text) };
    }
    return { kind: 'reply', reply: UNREADABLE_BODY };
  }
}
