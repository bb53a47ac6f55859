import type { z } from 'zod';
import { joinBytes } from '../bytes.ts';
import { explain } from './explain.ts';
import { ProblemError, show } from './problem.ts';

/** How large a body may be, and what to do about a larger one. */
export interface BodyLimit {
  readonly maxBytes: number;
  readonly hint: string;
}

const BODY_LIMIT: BodyLimit = {
  maxBytes: 64 * 1024,
  hint: 'Match by less, for example by "promptContains" instead of "prompt".',
};

/** Checks what was sent; the error names the key, the value and the way out. */
export function read<Schema extends z.ZodObject>(
  schema: Schema,
  value: unknown,
  source: 'query' | 'body',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const keys = Object.keys(schema.shape);
  const detail = explain(result.error.issues, { value, name: source, keys });
  throw new ProblemError(400, `invalid-${source}`, detail);
}

/** The query as an object, without `pretty`, which every route knows. */
export function readQuery(request: Request): Record<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(request.url).searchParams) {
    if (name === 'pretty') continue;
    if (query.has(name)) {
      throw new ProblemError(
        400,
        'invalid-query',
        `Failed to read query ${show(name)}: it is there twice. Give it once.`,
      );
    }
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

/** The body's JSON; an empty object when there is no body. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'HEAD') return {};
  const contentType = request.headers.get('content-type');
  // A form sends its type even when it is empty, so the type alone is enough to refuse.
  if (contentType !== null && !isJson(contentType)) throw unsupported(contentType);
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return {};
  if (contentType === null) throw unsupported('');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'the bytes are not UTF-8';
    throw new ProblemError(
      400,
      'invalid-json',
      `Failed to read the body: it is not JSON (${reason}). Send an object, such as {}.`,
    );
  }
}

/** The type itself, not its parameters: `text/plain; application/json` is no JSON. */
function isJson(contentType: string): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

function unsupported(contentType: string): ProblemError {
  return new ProblemError(
    415,
    'unsupported-content-type',
    `Failed to read a body of type ${show(contentType)}: only application/json is read, which ` +
      'no page can send elsewhere unasked. Send "Content-Type: application/json".',
  );
}

async function readBytes(request: Request, limit: BodyLimit): Promise<Uint8Array> {
  const { maxBytes } = limit;
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    chunks.push(part.value);
  }
  return joinBytes(chunks);
}

function tooLarge({ maxBytes, hint }: BodyLimit): ProblemError {
  return new ProblemError(
    413,
    'body-too-large',
    `Failed to read the body: it is larger than ${maxBytes} bytes. ${hint}`,
  );
}
