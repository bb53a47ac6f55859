import { z } from 'zod';
import { emulatorOptionsSchema } from '../../emulator/options.ts';
import { requestsMaxSchema, timeoutMsSchema, verifySeedSchema } from '../../verify/limits.ts';
import { loadedScenarioSchema } from '../scenario/loaded-scenario.ts';
import { parseBytes, parseDuration } from '../units.ts';

/** How much is logged, the most first. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
/** One of the levels. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** For people, or for programs. */
export const LOG_FORMATS = ['pretty', 'json'] as const;
/** One of the formats. */
export type LogFormat = (typeof LOG_FORMATS)[number];

const BYTES_REASON = 'must be a number of bytes, such as 65536, "512KiB" or "64MiB"';

const { shape } = emulatorOptionsSchema;

const DURATION_REASON = 'must be milliseconds, or a duration such as "500ms", "10s" or "1m"';

/** What `verify` asks of an endpoint, and how often. */
export const verifySchema = z.strictObject({
  requestsMax: requestsMaxSchema.describe('How many requests may be sent.'),
  timeoutMs: amount(parseDuration, DURATION_REASON, timeoutMsSchema).describe(
    'How long one check may take, its redirects included.',
  ),
  echo: z.boolean().default(true).describe('Whether the answer must contain the prompt.'),
  seed: verifySeedSchema.optional().describe('Origin of the prompts; else a random one.'),
});

/** Everything that a config file may say: the emulator's options, the server's and verify's. */
export const configSchema = emulatorOptionsSchema.extend({
  $schema: z.string().optional().describe('For editors; not read.'),
  version: z.literal(1).optional().describe("The version of this file's format."),
  scenario: loadedScenarioSchema.optional().describe('What goes wrong.'),
  journalBodyMaxBytes: amount(parseBytes, BYTES_REASON, shape.journalBodyMaxBytes),
  bodyMaxBytes: amount(parseBytes, BYTES_REASON, shape.bodyMaxBytes),
  port: z.int().min(0).max(65_535).default(8000).describe('Port to listen on; 0 is a free one.'),
  host: z
    .string()
    .regex(
      /^[A-Za-z0-9._%:-]{1,253}$/,
      'must be a host name or an IP address, without "http://", brackets or a port',
    )
    .default('127.0.0.1')
    .describe('Address to listen on.'),
  adminToken: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters without spaces')
    .optional()
    .describe('Bearer token of the control plane.'),
  logFormat: z.enum(LOG_FORMATS).default('pretty').describe('Form of the log.'),
  logLevel: z.enum(LOG_LEVELS).default('info').describe('The least that is logged.'),
  drainTimeoutMs: amount(
    parseDuration,
    DURATION_REASON,
    z.int().min(0).max(3_600_000).default(10_000),
  ).describe('How long a stopping server waits for open exchanges.'),
  verify: verifySchema.prefault({}).describe('What "modal-emulator verify" asks of an endpoint.'),
});

/** A configuration as it is written. */
export type ConfigInput = z.input<typeof configSchema>;

/** A configuration in force. */
export type Config = z.output<typeof configSchema>;

/** Lets a number be written with its unit; what cannot be read says so itself. */
function amount<Schema extends z.ZodType>(
  parse: (text: string) => number | null,
  reason: string,
  schema: Schema,
) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    const number = parse(value);
    if (number !== null) return number;
    context.addIssue({ code: 'custom', message: reason });
    return z.NEVER;
  }, schema);
}
