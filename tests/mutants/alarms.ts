import { type FunctionInput, functionSchema } from '../../src/contract/function.ts';
import { createRealClock } from '../../src/scenarios/clock.ts';
import { createNodeTransport } from '../../src/verify/node/transport.ts';
import { verifyEndpoint } from '../../src/verify/verify-endpoint.ts';

const clock = createRealClock();
const transport = createNodeTransport({ clock });

/** An endpoint that keeps the contract, and the shape that it has. */
export interface Innocent {
  readonly name: string;
  readonly url: string;
  readonly function: FunctionInput;
}

/** What is said against an endpoint over many seeds; of one that keeps the contract, nothing. */
export async function alarmsOf(
  { name, url, function: input }: Innocent,
  seeds: readonly string[],
): Promise<readonly string[]> {
  const alarms: string[] = [];
  const definition = functionSchema.parse(input);
  for (const seed of seeds) {
    const report = await verifyEndpoint(
      { url, definition, headers: [], needsEcho: true, seed, requestsMax: 20, timeoutMs: 60_000 },
      { transport, clock },
    );
    const wrong = report.results.filter(
      ({ problem }) => problem !== null && problem !== 'not-applicable',
    );
    for (const { id, problem, reason } of wrong) {
      alarms.push(`${name}, seed "${seed}": ${id}: ${problem}: ${reason}`);
    }
    if (report.verdict !== 'passed') alarms.push(`${name}, seed "${seed}": ${report.verdict}`);
  }
  return alarms;
}

/** Seeds by number. */
export function seedsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `innocent ${index}`);
}
