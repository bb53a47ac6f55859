// A program of its own, which runs Pact's engine in a child process: the engine is native code that
// prints to standard output, cannot be cancelled, and might crash. In the bundled command it is the
// second entry, `engine-child`, which must end up as `engine-child.js` in the folder of the chunks
// (`input: { main: ..., 'engine-child': '.../verify/node/pact/engine-child.js' }`).
// It imports next to nothing of ours, so that it starts at once.
import { createRequire } from 'node:module';
import { createSecrets, secretsOfHeaders } from '../../secrets.ts';
import type { EngineMessage, EngineOrder } from './engine-protocol.ts';

const MEMORY_CHECK_INTERVAL_MS = 50;
const TEXT_LENGTH_MAX = 4096;
const MISMATCHES_MAX = 20;
const ERRORS_MAX = 20;
/** So many interactions in a row without an answer, and the endpoint is asked no further. */
const LATE_MAX = 2;

/** Takes secrets out of a text. What is clipped first may end in a part of one. */
let mask = (text: string): string => text;

// The parent is gone: nobody waits for the results, and the endpoint need not be asked further.
process.once('disconnect', end);
process.once('message', (order) => {
  // Sound: the parent sends nothing else.
  run(order as EngineOrder).then(tell, (error: unknown) => {
    tell({ kind: 'failed', reason: clip(mask(String(error))) });
  });
});

async function run(order: EngineOrder): Promise<EngineMessage> {
  const { enginePath, files, timeoutMs, options, memoryMaxBytes } = order;
  watchMemory(memoryMaxBytes);
  mask = maskOf(options);
  // Sound: the parent has looked at the version of the package; what is no function is reported.
  const { default: engine } = createRequire(import.meta.url)(enginePath) as {
    default: { verifyPacts(options: unknown): Promise<string> };
  };
  const reports: Shortened[] = [];
  let lateCount = 0;
  for (const file of files) {
    if (lateCount === LATE_MAX) break;
    const startedMs = performance.now();
    // The engine rejects with its report as the message when an interaction failed.
    const text = await engine
      .verifyPacts({ ...options, timeout: timeoutMs, pactUrls: [file] })
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    const report = parseReport(text);
    if (report === null) return { kind: 'failed', reason: clip(mask(text)) };
    reports.push(report);
    const isLate = performance.now() - startedMs >= timeoutMs && isUnanswered(report);
    lateCount = isLate ? lateCount + 1 : 0;
  }
  return { kind: 'report', report: asOne(reports), askedCount: reports.length };
}

interface Shortened {
  readonly interactionResults: readonly unknown[];
  readonly errors: readonly unknown[];
}

/** Null for what is no report. */
function parseReport(text: string): Shortened | null {
  try {
    return shorten(JSON.parse(text));
  } catch {
    return null;
  }
}

function asOne(reports: readonly Shortened[]): Shortened {
  const interactionResults = reports.flatMap((report) => report.interactionResults);
  const errors = reports.flatMap((report) => report.errors).slice(0, ERRORS_MAX);
  return { interactionResults, errors };
}

/** Whether there was nothing to compare. */
function isUnanswered({ interactionResults }: Shortened): boolean {
  return interactionResults.every((result) => {
    if (!isRecord(result) || result.result === 'OK') return false;
    return !(isRecord(result.mismatch) && Array.isArray(result.mismatch.mismatches));
  });
}

/** An answer that never ends is read into memory by native code, which no limit of Node's stops. */
function watchMemory(maxBytes: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() <= maxBytes) return;
    tell({ kind: 'memory' });
  }, MEMORY_CHECK_INTERVAL_MS).unref();
}

function tell(message: EngineMessage): void {
  process.send?.(message, end);
}

/** To exit would be to wait for native threads, which wait for the endpoint. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Answers stand in the report in full, several times; only their beginnings are of use. */
function shorten(report: unknown): Shortened | null {
  if (!isRecord(report) || !Array.isArray(report.interactionResults)) return null;
  const { errors } = report;
  return {
    interactionResults: report.interactionResults.map(shortenResult),
    errors: Array.isArray(errors) ? errors.slice(0, ERRORS_MAX).map(shortenError) : [],
  };
}

/** Only its message: what mismatches there are, stands in the results. */
function shortenError(error: unknown): unknown {
  const mismatch = isRecord(error) && isRecord(error.mismatch) ? error.mismatch : {};
  return { mismatch: clipLeaves({ message: mismatch.message }, mask) };
}

function shortenResult(result: unknown): unknown {
  if (!isRecord(result) || !isRecord(result.mismatch)) return clipLeaves(result);
  const { mismatches } = result.mismatch;
  if (!Array.isArray(mismatches)) {
    return clipLeaves({ ...result, mismatch: clipLeaves(result.mismatch, mask) });
  }
  const kept = mismatches.slice(0, MISMATCHES_MAX);
  const mismatch = clipLeaves({ ...result.mismatch, mismatches: kept }, mask);
  return clipLeaves({ ...result, mismatch, mismatchCount: mismatches.length });
}

function clipLeaves(value: unknown, alter = (text: string) => text): unknown {
  const text = JSON.stringify(value, (key, leaf: unknown) => {
    if (typeof leaf !== 'string') return leaf;
    // A type is a word of the engine's own.
    return clip(key === 'type' ? leaf : alter(leaf));
  });
  return JSON.parse(text ?? 'null');
}

function clip(text: string): string {
  return text.length <= TEXT_LENGTH_MAX ? text : `${text.slice(0, TEXT_LENGTH_MAX)}...`;
}

function maskOf({ customProviderHeaders }: EngineOrder['options']): typeof mask {
  if (!isRecord(customProviderHeaders)) return mask;
  const headers = Object.entries(customProviderHeaders).map(
    ([name, value]) => [name, String(value)] as const,
  );
  return createSecrets(secretsOfHeaders(headers)).redact;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
