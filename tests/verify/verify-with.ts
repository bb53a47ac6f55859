import { type FunctionInput, functionSchema } from '../../src/contract/function.ts';
import { createVirtualClock } from '../../src/scenarios/clock.ts';
import {
  type CheckResult,
  type Report,
  type Transport,
  type VerifyOptions,
  type VerifySurroundings,
  verifyEndpoint,
} from '../../src/verify/index.ts';

/** Where the endpoint of a test is said to be. */
export const URL_OF_TEST = 'https://someone--app-web.modal.run/';

/** What a test changes of the options. */
export interface Changes extends Partial<Omit<VerifyOptions, 'definition'>> {
  readonly function?: FunctionInput;
  readonly clock?: VerifySurroundings['clock'];
  readonly onResult?: (result: CheckResult) => void;
  readonly verifyPacts?: NonNullable<VerifySurroundings['verifyPacts']>;
}

/** Verifies with a transport, in virtual time. */
export function verifyWith(transport: Transport, changes: Changes = {}): Promise<Report> {
  const { function: input = {}, clock, onResult, verifyPacts, ...options } = changes;
  return verifyEndpoint(
    {
      url: URL_OF_TEST,
      definition: functionSchema.parse(input),
      headers: [],
      needsEcho: true,
      seed: 'a test',
      requestsMax: 20,
      timeoutMs: 300_000,
      ...options,
    },
    {
      transport,
      clock: clock ?? createVirtualClock(),
      ...(onResult === undefined ? {} : { onResult }),
      ...(verifyPacts === undefined ? {} : { verifyPacts }),
    },
  );
}

/** The result of a check. */
export function resultOf({ results }: Report, id: string): CheckResult {
  const result = results.find((one) => one.id === id);
  if (result === undefined) throw new Error(`There is no result of "${id}".`);
  return result;
}

/** What is wrong, check by check: `echo: echo-trimmed`. */
export function wrongOf({ results }: Report): readonly string[] {
  return results
    .filter(({ status }) => status === 'failed' || status === 'inconclusive')
    .map(({ id, problem }) => `${id}: ${problem}`);
}
