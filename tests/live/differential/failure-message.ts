import type { RunDetails } from 'fast-check';
import type { LiveVersions } from '../live-endpoint.ts';
import { curlOf, describeExchanged, describeRequest } from './describe-request.ts';
import type { LiveRequest } from './requests.ts';
import type { Sides } from './sides.ts';

/** What was compared with what. */
export interface Compared {
  readonly stack: string;
  readonly versions: LiveVersions;
}

/** What a failed check has found, with all that is needed to see it again; null when it passed. */
export async function failureMessage(
  result: RunDetails<[LiveRequest]>,
  sides: Sides,
  { stack, versions }: Compared,
): Promise<string | null> {
  if (!result.failed) return null;
  const { seed, counterexamplePath, counterexample, numRuns, numShrinks } = result;
  const about = `stack ${stack}, FastAPI ${versions.fastapi} on CPython ${versions.python}`;
  if (counterexample === null) {
    return `${about}: interrupted after ${numRuns} requests of seed ${seed}, without a difference.`;
  }
  const [request] = counterexample;
  const replay = `LIVE_SEED=${seed} LIVE_PATH=${counterexamplePath}`;
  return [
    `${about}: request ${numRuns} of seed ${seed} is answered otherwise.`,
    `path: ${counterexamplePath} (made smaller ${numShrinks} times)`,
    `again: ${replay} npm run test:live -- differential -t ${stack}`,
    `curl: ${curlOf(request)}`,
    `--- the smallest request, to "${request.definition}"`,
    describeRequest(request),
    await answersTo(sides, request),
  ].join('\n');
}

/** The answers once more: a check keeps the request only. */
async function answersTo(sides: Sides, request: LiveRequest): Promise<string> {
  try {
    return describeExchanged(await sides.ask(request));
  } catch (error) {
    return `there was no answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
