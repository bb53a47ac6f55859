import type { FunctionDefinition } from '../../contract/function.ts';
import { checkDefinition } from '../../verify/check-definition.ts';
import { parseEndpointUrl } from '../../verify/endpoint-url.ts';
import { findPacts, NO_PACTS, type PactPaths, requirePacts } from '../../verify/node/pact-paths.ts';
import { generateSeed, type Verification } from '../../verify/node/run-verification.ts';
import { requestHeaders } from '../../verify/request-headers.ts';
import type { CommandSources } from '../command.ts';
import { type Resolved, resolveSettings } from '../settings/resolve.ts';
import { VERIFY_SETTINGS } from '../settings/verify-settings.ts';
import type { ReportTarget } from './report-targets.ts';

/** Everything that was asked for, checked before a request is sent. */
export interface Plan {
  readonly verification: Verification;
  readonly reports: readonly ReportTarget[];
  /** For people: where the pacts are, or why there are none. */
  readonly pactsText: string;
  /** For people: what the endpoint is held to. */
  readonly contractText: string;
}

/** Pacts that nobody named are looked for here. */
const PACTS_FOLDER = 'pacts';

/** What the loose settings are, after their schemas have read them. */
interface Loose {
  readonly pact?: readonly string[] | false;
  readonly header?: readonly (readonly [name: string, value: string])[];
  readonly 'modal-key'?: string;
  readonly 'modal-secret'?: string;
  readonly report?: readonly ReportTarget[];
}

/**
 * Reads what is asked for.
 * @throws UsageError that says what is wrong with it
 */
export async function readPlan(sources: CommandSources): Promise<Plan> {
  const resolved = await resolveSettings(VERIFY_SETTINGS, sources);
  // Sound: the schemas in the table make these of them.
  const loose = resolved.loose as Loose;
  const token = { key: loose['modal-key'], secret: loose['modal-secret'] };
  const headers = requestHeaders(loose.header ?? [], token);
  // After the flags: the value of one that was not quoted may stand in the place of the URL.
  const url = parseEndpointUrl(sources.operand);
  const definition = checkDefinition(resolved.config.function);
  const [pacts, pactsText] = await choosePacts(loose.pact);
  const { verify } = resolved.config;
  return {
    verification: {
      url,
      definition,
      headers,
      needsEcho: verify.echo,
      seed: verify.seed ?? generateSeed(),
      requestsMax: verify.requestsMax,
      timeoutMs: verify.timeoutMs,
      pacts,
    },
    reports: loose.report ?? [],
    pactsText,
    contractText: contractText(definition, verify),
  };
}

async function choosePacts(asked: Loose['pact']): Promise<[pacts: PactPaths, text: string]> {
  if (asked === false) return [NO_PACTS, 'none (--no-pact)'];
  if (asked !== undefined && asked.length > 0) return [await requirePacts(asked), asked.join(', ')];
  const pacts = await findPacts(PACTS_FOLDER);
  const isFound = pacts.paths.length > 0;
  const nothing = `none (there is no folder "${PACTS_FOLDER}" here; name others with --pact)`;
  return [pacts, isFound ? `those in the folder "${PACTS_FOLDER}"` : nothing];
}

/** `POST, prompt in "prompt", answer in "prompt", which must contain the prompt` */
function contractText(
  { method, parameters, promptField, handler }: FunctionDefinition,
  { echo }: Resolved['config']['verify'],
): string {
  const place = parameters.kind === 'query' ? 'query parameter' : 'key';
  const key = handler.kind === 'answer' ? handler.key : null;
  const answer = key === null ? 'answer as a bare string' : `answer in key "${key}"`;
  const rule = echo ? ', which must contain the prompt' : '';
  return `${method}, prompt in ${place} "${promptField}", ${answer}${rule}`;
}
