import { randomInt } from 'node:crypto';
import { createRealClock } from '../../scenarios/clock.ts';
import type { VerifyOptions, VerifySurroundings } from '../options.ts';
import type { Report } from '../report.ts';
import { verifyEndpoint } from '../verify-endpoint.ts';
import { createPactStage } from './pact/create-pact-stage.ts';
import type { PactPaths } from './pact-paths.ts';
import { createNodeTransport } from './transport.ts';

/** What a verification is made of, everything checked and found. */
export interface Verification extends Omit<VerifyOptions, 'url'> {
  readonly url: URL;
  readonly pacts: PactPaths;
}

/** Verifies over sockets, in real time. */
export async function runVerification(
  { url, pacts, ...rest }: Verification,
  onResult: NonNullable<VerifySurroundings['onResult']>,
): Promise<Report> {
  const clock = createRealClock();
  const options = { ...rest, url: url.href };
  const { headers, timeoutMs } = rest;
  const stage = () => createPactStage({ ...pacts, url: url.href, headers, timeoutMs });
  return verifyEndpoint(options, {
    transport: createNodeTransport({ clock }),
    clock,
    onResult,
    ...(pacts.paths.length === 0 ? {} : { verifyPacts: stage() }),
  });
}

/** Digits only, so that it stays the same wherever it is pasted: shell, YAML or JSON. */
export function generateSeed(): string {
  return String(randomInt(1, 2 ** 32));
}
