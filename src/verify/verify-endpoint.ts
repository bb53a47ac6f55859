import { answerKeyOf } from '../contract/prompt.ts';
import { VERSION } from '../emulator/version.ts';
import { checkDefinition } from './check-definition.ts';
import { parseEndpointUrl, withoutSecrets } from './endpoint-url.ts';
import { createExchanges, type Exchanges } from './exchanges.ts';
import { createShowAnswer } from './judge-safely.ts';
import type { VerifyOptions, VerifySurroundings } from './options.ts';
import type { Problem } from './problems.ts';
import { createReader } from './reading/reading.ts';
import { type Report, verdictOf } from './report.ts';
import { curlLine } from './requests/curl-line.ts';
import { planRequests } from './requests/plan-requests.ts';
import { createResults, type Finding } from './results.ts';
import { runChecks } from './run-checks.ts';
import { createSecrets, secretsOfHeaders, secretsOfUrl } from './secrets.ts';
import { createSender } from './send.ts';

/**
 * Holds an endpoint to the contract: it reaches it, judges what it answers to the requests of the
 * seed, and has the pacts verified with what is left of the budget.
 * @throws UsageError for what makes no sense to verify; never for what an endpoint does
 */
export async function verifyEndpoint(
  options: VerifyOptions,
  surroundings: VerifySurroundings,
): Promise<Report> {
  const { headers, needsEcho, seed, requestsMax, timeoutMs } = options;
  const { transport, clock, onResult = () => {}, verifyPacts } = surroundings;
  const url = parseEndpointUrl(options.url).href;
  const definition = checkDefinition(options.definition);
  const answerKey = answerKeyOf(definition) ?? null;
  const plan = planRequests(definition, seed);
  const startedMs = clock.now();
  const secrets = createSecrets([...secretsOfHeaders(headers), ...secretsOfUrl(url)]);
  const sender = createSender({ transport, clock, requestsMax, timeoutMs, secrets });
  const read = createReader(answerKey, { clock, timeoutMs });
  const show = createShowAnswer(secrets, (answer) => {
    const { value } = read(answer).unpacked;
    return value === undefined || value === answer.body ? null : value;
  });
  const exchanges = createExchanges({ plan, sender, show, url, headers });
  const results = createResults(secrets, onResult);
  const isReached = await runChecks({
    plan,
    terms: { definition, answerKey, needsEcho },
    read,
    show,
    exchanges,
    results,
    curl: (request, isRaw) => curlLine(request, { url, headers, isRaw }),
  });
  const isPointless = !isReached || exchanges.isSilent;
  const pacts =
    verifyPacts === undefined || isPointless ? NO_PACTS : await verifyPacts(sender.left);
  for (const result of pacts.results) results.take(result);
  if (verifyPacts !== undefined && isPointless) results.add(skippedPacts(isReached));
  return {
    tool: { name: 'modal-emulator', version: VERSION },
    url: withoutSecrets(secrets.redact(url)),
    startedAt: new Date(startedMs).toISOString(),
    durationMs: clock.now() - startedMs,
    seed,
    verdict: verdictOf(results.all),
    results: results.all,
    requests: { sent: sender.sent + pacts.sent, max: requestsMax },
    latency: latencyOf(exchanges),
  };
}

const NO_PACTS = { results: [], sent: 0 } as const;

function skippedPacts(isReached: boolean): Finding {
  const problem: Problem = isReached
    ? { code: 'unresponsive', reason: 'The last requests were not answered.' }
    : { code: 'earlier-failure', reason: 'The endpoint was not reached.' };
  const title = 'The endpoint keeps the pacts.';
  return { id: 'pacts', group: 'pact', title, problem, curl: null, durationMs: null };
}

function latencyOf({ answered }: Exchanges): Report['latency'] {
  const [first, ...others] = answered.map(({ durationMs }) => durationMs);
  const later = others.sort((a, b) => a - b);
  return {
    firstAnswerMs: first ?? null,
    laterMedianMs: later[Math.floor((later.length - 1) / 2)] ?? null,
    laterMaxMs: later.at(-1) ?? null,
  };
}
