import fc, { type Arbitrary } from 'fast-check';
import type { LiveRequest } from './requests.ts';
import type { Exchanged, Sides, SidesRequest } from './sides.ts';
import { signatureOf } from './signature.ts';

/** One kind of difference, how often it was seen, and the smallest request that shows it. */
export interface Found {
  readonly signature: string;
  readonly count: number;
  readonly definitions: readonly string[];
  readonly request: SidesRequest;
  readonly exchanged: Exchanged;
}

/** All kinds of differences between the sides. */
export interface Collected {
  readonly asked: number;
  readonly found: readonly Found[];
}

interface Seen {
  count: number;
  readonly definitions: Set<string>;
  request: SidesRequest;
  exchanged: Exchanged;
  /** The run that was the first to show it; null where the request is no random one. */
  readonly run: number | null;
}

/** So many kinds are made smaller; a new generation may bring more than anybody reads. */
const SHRUNK_MAX = 20;
const SHRINK_TIME_LIMIT_MS = 5_000;

/** Asks for known requests and for random ones, and groups what differs. */
export async function collectDifferences(
  sides: Sides,
  known: readonly SidesRequest[],
  random: {
    readonly requests: Arbitrary<LiveRequest>;
    readonly seed: number;
    readonly runs: number;
  },
): Promise<Collected> {
  const seen = new Map<string, Seen>();
  const note = async (request: SidesRequest, run: number | null) => {
    const exchanged = await sides.ask(request);
    const signature = signatureOf(exchanged);
    if (signature === null) return;
    const before = seen.get(signature);
    if (before === undefined) {
      const definitions = new Set([request.definition]);
      seen.set(signature, { count: 1, definitions, request, exchanged, run });
      return;
    }
    before.count += 1;
    before.definitions.add(request.definition);
    if (sizeOf(request) < sizeOf(before.request)) Object.assign(before, { request, exchanged });
  };
  const { requests, seed, runs } = random;
  for (const [run, request] of fc.sample(requests, { seed, numRuns: runs }).entries()) {
    await note(request, run);
  }
  for (const request of known) await note(request, null);
  const found: Found[] = [];
  for (const [signature, one] of seen) {
    const { count, definitions, run } = one;
    if (run !== null && found.length < SHRUNK_MAX) {
      await shrink(sides, one, { requests, seed, run, signature });
    }
    const { request, exchanged } = one;
    found.push({ signature, count, definitions: [...definitions], request, exchanged });
  }
  return { asked: runs + known.length, found: found.sort((a, b) => b.count - a.count) };
}

interface Origin {
  readonly requests: Arbitrary<LiveRequest>;
  readonly seed: number;
  readonly run: number;
  readonly signature: string;
}

/** Makes the request smaller as long as it shows the same. */
async function shrink(sides: Sides, seen: Seen, origin: Origin): Promise<void> {
  const { requests, seed, run, signature } = origin;
  const property = fc.asyncProperty(requests, async (request) => {
    const exchanged = await sides.ask(request);
    if (signatureOf(exchanged) !== signature) return true;
    if (sizeOf(request) < sizeOf(seen.request)) Object.assign(seen, { request, exchanged });
    return false;
  });
  const limit = fc.interruptAfterTimeLimit(SHRINK_TIME_LIMIT_MS);
  // A path that is only a number is the run of that number.
  await fc.check(property, { seed, path: String(run), numRuns: 1, plugins: [limit] });
}

function sizeOf({ target, headers, body }: SidesRequest): number {
  return target.length + headers.flat().join('').length + body.length;
}
