import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { FunctionInput } from '../../src/emulator/index.ts';
import type { WireAnswer, WireRequest } from '../doors.ts';

const bodySchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.string() }),
  z.strictObject({
    prefix: z.string(),
    unit: z.string(),
    times: z.int(),
    suffix: z.string(),
  }),
]);
const headersSchema = z.array(z.tuple([z.string(), z.string()]));
const captureSchema = z.object({
  stack: z.enum(['fastapi-0.143', 'fastapi-0.115', 'fastapi-0.92']),
  captured_from: z.string(),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      endpoint: z.string(),
      request: z.strictObject({
        method: z.string(),
        target: z.string(),
        headers: headersSchema,
        body: bodySchema,
      }),
      response: z.strictObject({ status: z.int(), headers: headersSchema, body: bodySchema }),
    }),
  ),
});

export type Capture = z.output<typeof captureSchema>;
export type Case = Capture['cases'][number];

/** The captured answers of one generation of FastAPI. */
export function readCapture(stack: Capture['stack']): Capture {
  const text = readFileSync(new URL(`./${stack}.json`, import.meta.url), 'utf8');
  return captureSchema.parse(JSON.parse(text));
}

function bytesOf(body: z.output<typeof bodySchema>): Buffer {
  if ('text' in body) return Buffer.from(body.text);
  if ('base64' in body) return Buffer.from(body.base64, 'base64');
  return Buffer.from(body.prefix + body.unit.repeat(body.times) + body.suffix);
}

export function requestOf({ request }: Case): WireRequest {
  return { ...request, body: bytesOf(request.body) };
}

/** The fields of the endpoint `tuned`. */
export const TUNED = {
  prompt: 'str',
  max_new_tokens: 'int = 64',
  temperature: 'float = 1.0',
  stop: 'Optional[list[str]] = None',
  echo: 'bool = False',
};

/** The endpoint functions behind the captures, as their README defines them. */
export const ENDPOINTS: Readonly<Record<string, FunctionInput>> = {
  hello: {},
  docs: { docs: true },
  tuned: { body: { fields: TUNED } },
  item: { body: 'dict' },
  query: { method: 'GET', query: { prompt: 'str', n: 'int = 1' } },
  crash: { handler: { kind: 'crash', exception: "RuntimeError('boom')" } },
  refuse: {
    handler: {
      kind: 'http-exception',
      status: 429,
      detail: 'slow down',
      headers: { 'Retry-After': '3' },
    },
  },
  stream: {
    handler: { kind: 'stream', events: ['data: one\n\n', 'data: two\n\n', 'data: three\n\n'] },
  },
};

const COMPARED = new Set(['content-type', 'allow', 'vary', 'location', 'retry-after']);
const UNORDERED = new Set(['allow', 'vary', 'access-control-allow-methods']);

/** What of an answer must be equal: the README's rule. */
export function comparable(answer: WireAnswer): unknown {
  const headers = answer.headers
    .filter(([name]) => COMPARED.has(name) || name.startsWith('access-control-'))
    .map(([name, value]) => [name, comparableValue(name, value)])
    .sort();
  return { status: answer.status, headers, body: answer.body.toString('latin1') };
}

function comparableValue(name: string, value: string): string {
  if (UNORDERED.has(name)) return value.split(/,\s*/).sort().join(', ');
  // The port is the capturing server's own.
  return name === 'location' ? new URL(value).pathname : value;
}

/** The captured answer in the same form. */
export function expectedOf({ response }: Case): unknown {
  return comparable({ ...response, body: bytesOf(response.body) });
}
