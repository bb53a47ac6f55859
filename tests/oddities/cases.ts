import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { STACK_NAMES } from '../../src/emulator/index.ts';
import type { WireAnswer, WireRequest } from '../doors.ts';
import { expand } from '../run-length.ts';

/** Text, with runs written short; what is not UTF-8 as base64. */
const bytesSchema = z
  .union([z.string(), z.strictObject({ base64: z.string() })])
  .transform((body) =>
    typeof body === 'string' ? Buffer.from(expand(body)) : Buffer.from(body.base64, 'base64'),
  );
const headersSchema = z.array(z.tuple([z.string(), z.string()]));
const fileSchema = z.strictObject({
  captured_from: z.string(),
  cases: z.array(
    z.strictObject({
      endpoint: z.string(),
      method: z.string(),
      target: z.string().transform(expand),
      headers: headersSchema,
      body: bytesSchema,
      /** Node's HTTP parser refuses some requests; a `Request` cannot carry others. */
      only: z.enum(['in process', 'over a socket']).optional(),
      answers: z.array(
        z.strictObject({
          stacks: z.array(z.enum(STACK_NAMES)),
          status: z.int(),
          headers: headersSchema,
          body: bytesSchema,
        }),
      ),
    }),
  ),
});

export type OddCase = z.output<typeof fileSchema>['cases'][number];
export type OddAnswer = OddCase['answers'][number];

/** The captured requests of one topic, each with the answers of the stacks. */
export function readOddities(topic: string): readonly OddCase[] {
  const text = readFileSync(new URL(`./${topic}.json`, import.meta.url), 'utf8');
  return fileSchema.parse(JSON.parse(text)).cases;
}

export function requestOf({ method, target, headers, body }: OddCase): WireRequest {
  return { method, target, headers, body };
}

const NAME_CHARS_MAX = 100;

/** A test's name: the request in one line. */
export function nameOf({ method, target, headers, body }: OddCase): string {
  const shown = headers
    .filter(([name, value]) => name !== 'Content-Type' || value !== 'application/json')
    .map(([name, value]) => ` ${name}=${value}`);
  const line = `${method} ${target}${shown.join('')} ${body.toString('latin1')}`;
  const clipped = line.length > NAME_CHARS_MAX ? `${line.slice(0, NAME_CHARS_MAX)}…` : line;
  return JSON.stringify(clipped);
}

const COMPARED = new Set(['content-type', 'allow', 'vary', 'location', 'retry-after']);
const UNORDERED = new Set(['allow', 'vary', 'access-control-allow-methods']);

/** What of an answer must be equal; a redirect names the host that the request named. */
export function comparable(answer: WireAnswer, host: string): unknown {
  const headers = answer.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => COMPARED.has(name) || name.startsWith('access-control-'))
    .map(([name, value]) => [name, comparableValue(name, value, host)])
    .sort();
  return { status: answer.status, headers, body: answer.body.toString('latin1') };
}

function comparableValue(name: string, value: string, host: string): string {
  if (UNORDERED.has(name)) return value.split(/,\s*/).sort().join(', ');
  return name === 'location' ? value.replace(`http://${host}/`, 'http://HOST/') : value;
}

/** The captured answer in the same form. */
export function expectedOf({ status, headers, body }: OddAnswer): unknown {
  return comparable({ status, headers, body }, 'HOST');
}
