import { z } from 'zod';
import { type FunctionInput, functionSchema } from '../../contract/function.ts';
import { explainIssues } from '../../emulator/explain/issues.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { checkDefinition } from '../check-definition.ts';
import { parseEndpointUrl } from '../endpoint-url.ts';
import { requestsMaxSchema, timeoutMsSchema, verifySeedSchema } from '../limits.ts';
import type { CheckResult, Report } from '../report.ts';
import { headerPairsSchema, modalTokenSchema, requestHeaders } from '../request-headers.ts';
import { NO_PACTS, requirePacts } from './pact-paths.ts';
import { generateSeed, runVerification } from './run-verification.ts';

/** How an endpoint is verified; every one has a default. */
export interface VerifyInput {
  /** The endpoint's shape, as in a config file; default: `POST {"prompt": str}`. */
  readonly function?: FunctionInput;
  /** For every request; may hold secrets, which no report shows. */
  readonly headers?:
    | Readonly<Record<string, string>>
    | readonly (readonly [name: string, value: string])[];
  /** Modal's proxy token: both or none. */
  readonly modalKey?: string;
  readonly modalSecret?: string;
  /** Whether the answer must contain the prompt, as LangChain's Modal class needs it; true. */
  readonly echo?: boolean;
  /** Origin of the prompts; a random one, which the report names. */
  readonly seed?: string | number;
  /** The budget: 20 requests. */
  readonly requestsMax?: number;
  /** Of one check: five minutes. */
  readonly timeoutMs?: number;
  /** Pact files, and folders whose `*.json` are pacts; none. They need Pact's engine. */
  readonly pacts?: readonly string[];
  /** Told of every result as it is found. */
  readonly onResult?: (result: CheckResult) => void;
}

const inputSchema = z.strictObject({
  function: functionSchema.prefault({}),
  headers: z
    .preprocess((value) => (isMapping(value) ? Object.entries(value) : value), headerPairsSchema)
    .default([]),
  modalKey: modalTokenSchema.optional(),
  modalSecret: modalTokenSchema.optional(),
  echo: z.boolean().default(true),
  seed: verifySeedSchema.optional(),
  requestsMax: requestsMaxSchema,
  timeoutMs: timeoutMsSchema,
  pacts: z.array(z.string().min(1)).max(100).default([]),
});

/**
 * Holds the endpoint behind a URL to the contract, and to pacts. It sends requests: those of the
 * budget at most.
 * @throws UsageError for a URL or an option that is not valid; never for what an endpoint does
 */
export async function verify(url: string, input: VerifyInput = {}): Promise<Report> {
  const { onResult = () => {}, ...written } = input;
  const parsed = inputSchema.safeParse(written);
  if (!parsed.success) throw invalidOptions(parsed.error, written);
  const options = parsed.data;
  const { modalKey: key, modalSecret: secret } = options;
  const { pacts } = options;
  const verification = {
    url: parseEndpointUrl(url),
    definition: checkDefinition(options.function),
    headers: requestHeaders(options.headers, { key, secret }),
    needsEcho: options.echo,
    seed: options.seed ?? generateSeed(),
    requestsMax: options.requestsMax,
    timeoutMs: options.timeoutMs,
    pacts: pacts.length === 0 ? NO_PACTS : await requirePacts(pacts),
  };
  return runVerification(verification, onResult);
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalidOptions(error: z.ZodError, input: unknown): UsageError {
  const problems = explainIssues(error.issues, input, inputSchema);
  // The values are not shown: headers and tokens are secrets.
  const told = problems.map(
    ({ path, predicate }) =>
      `${path.length === 0 ? 'The options object' : `"${path.join('.')}"`} ${predicate}`,
  );
  return new UsageError(
    'invalid-options',
    `Failed to verify an endpoint: ${told.join(' ')} Correct what is named.`,
  );
}
