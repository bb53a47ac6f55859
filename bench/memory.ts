import { once } from 'node:events';
import { startGenerator } from './load/client.ts';
import type { Pinning } from './machine.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './processes.ts';
import { emulatorSubject, here, type Server, startServer } from './servers.ts';
import { count, mebibytes, table } from './table.ts';

export interface MemoryOptions {
  readonly emulatorFile: string;
  /** Requests in all, in ten steps. */
  readonly requests: number;
  readonly promptBytes: number;
  readonly connections: number;
  /** No further step begins after this time. */
  readonly budgetSeconds: number;
  readonly pinning: Pinning;
}

/** Memory after so many requests, garbage collected. */
export interface MemorySample {
  readonly requests: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** Buffers and other memory outside the heap. */
  readonly externalBytes: number;
}

export interface MemoryResult {
  readonly asked: number;
  readonly samples: readonly MemorySample[];
  /**
   * Bytes of heap that each request after the first step left behind, or null for too short a run.
   * The first step fills the journal and warms the code.
   */
  readonly heapBytesPerRequest: number | null;
}

const STEPS = 10;
// The heap of an idle process varies by some hundred KiB: below this many requests that looks
// like growth.
const JUDGED_REQUESTS = 400_000;
/** Less than one reference per request: nothing is kept. */
export const FLAT_BYTES_PER_REQUEST = 2;

/** Loads the emulator, journal on, with distinct prompts, and samples its memory on the way. */
export async function measureMemory(options: MemoryOptions): Promise<MemoryResult> {
  const folder = createTemporaryFolder();
  const generator = startGenerator(options.pinning.client);
  const subject = emulatorSubject(options.emulatorFile, ['--answer', 'echo']);
  const server = await startServer(subject, {
    prefix: options.pinning.server,
    nodeFlags: ['--expose-gc', '--import', here('preload/memory.ts')],
    folder,
    channel: true,
  });
  const untilMs = performance.now() + options.budgetSeconds * 1000;
  try {
    const samples = [await sample(server, 0)];
    const step = Math.max(1, Math.floor(options.requests / STEPS));
    let done = 0;
    while (done < options.requests && performance.now() < untilMs) {
      const requests = Math.min(step, options.requests - done);
      await generator.run(server, {
        connections: options.connections,
        promptBytes: options.promptBytes,
        expect: 'echo',
        firstPrompt: done + 1,
        warmupSeconds: 0,
        until: { requests },
        timeoutSeconds: 30 + requests / 2000,
      });
      server.truncateLog();
      done += requests;
      samples.push(await sample(server, done));
    }
    await checkJournal(server, done);
    return { asked: options.requests, samples, heapBytesPerRequest: growth(samples) };
  } finally {
    await Promise.all([server.stop(), generator.stop()]);
    removeTemporaryFolder(folder);
  }
}

/** The journal was on, and counted every request once. */
async function checkJournal(server: Server, requests: number): Promise<void> {
  const url = `http://${server.host}:${server.port}/__admin/requests?limit=1`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const journal: unknown = await response.json();
  const total =
    typeof journal === 'object' && journal !== null && 'total' in journal ? journal.total : null;
  if (total === requests) return;
  throw new Error(
    `Failed to account for ${requests} answered requests: the journal counted "${total}".`,
  );
}

async function sample(server: Server, requests: number): Promise<MemorySample> {
  const answered = once(server.child, 'message', { signal: AbortSignal.timeout(10_000) });
  server.child.send('memory');
  // The preload module sends nothing but this.
  const [usage] = (await answered) as [NodeJS.MemoryUsage];
  return {
    requests,
    rssBytes: usage.rss,
    heapUsedBytes: usage.heapUsed,
    externalBytes: usage.external,
  };
}

/** The slope of the heap over the requests after the first step, by least squares. */
function growth(samples: readonly MemorySample[]): number | null {
  const judged = samples.slice(2);
  const first = judged[0];
  const last = judged.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.requests - first.requests < JUDGED_REQUESTS) return null;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const meanX = mean(judged.map((each) => each.requests));
  const meanY = mean(judged.map((each) => each.heapUsedBytes));
  let above = 0;
  let below = 0;
  for (const { requests, heapUsedBytes } of judged) {
    above += (requests - meanX) * (heapUsedBytes - meanY);
    below += (requests - meanX) ** 2;
  }
  return above / below;
}

/** The table of a memory run. */
export function formatMemory({ asked, samples, heapBytesPerRequest }: MemoryResult): string {
  const done = samples.at(-1)?.requests ?? 0;
  const body = table(
    ['after requests', 'heap used MiB', 'external MiB', 'RSS MiB'],
    samples.map((each) => [
      count(each.requests),
      mebibytes(each.heapUsedBytes),
      mebibytes(each.externalBytes),
      mebibytes(each.rssBytes),
    ]),
  );
  const stopped = done < asked ? `  Stopped before ${count(asked)}: the time was up.\n` : '';
  return `Memory: emulator, journal on, --answer echo, every answer its own prompt's, all in the journal\n${body}\n${stopped}  ${verdict(heapBytesPerRequest)}`;
}

function verdict(bytesPerRequest: number | null): string {
  if (bytesPerRequest === null) return 'Too few requests to say whether it is flat.';
  const flat = bytesPerRequest < FLAT_BYTES_PER_REQUEST;
  return `${flat ? 'Flat' : 'NOT FLAT'}: ${bytesPerRequest.toFixed(2)} bytes of heap per request after the first step.`;
}
