// A program of its own, which runs Pact's engine in a child process: the engine is native code that
// prints to standard output, cannot be cancelled, and might crash. In the bundled command it is the
// second entry, `engine-child`, which must end up as `engine-child.js` in the folder of the chunks
// (`input: { main: ..., 'engine-child': '.../verify/node/pact/engine-child.js' }`).
// It imports nothing of ours but types, so that it starts at once.
import { createRequire } from 'node:module';
import type { EngineMessage, EngineOrder } from './engine-protocol.ts';

const MEMORY_CHECK_INTERVAL_MS = 50;
const TEXT_LENGTH_MAX = 4096;
const MISMATCHES_MAX = 20;
const ERRORS_MAX = 20;

// The parent is gone: nobody waits for the results, and the endpoint need not be asked further.
process.once('disconnect', end);
process.once('message', (order) => {
  // Sound: the parent sends nothing else.
  run(order as EngineOrder).then(tell, (error: unknown) => {
    tell({ kind: 'failed', reason: clip(String(error)) });
  });
});

async function run({ enginePath, options, memoryMaxBytes }: EngineOrder): Promise<EngineMessage> {
  watchMemory(memoryMaxBytes);
  // Sound: the parent has looked at the version of the package; what is no function is reported.
  const { default: engine } = createRequire(import.meta.url)(enginePath) as {
    default: { verifyPacts(options: unknown): Promise<string> };
  };
  // The engine rejects with its report as the message when an interaction failed.
  const report = await engine.verifyPacts(options).catch((error: unknown) => {
    return error instanceof Error ? error.message : String(error);
  });
  try {
    return { kind: 'report', report: shorten(JSON.parse(report)) };
  } catch {
    return { kind: 'failed', reason: clip(report) };
  }
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
function shorten(report: unknown): unknown {
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
  return { mismatch: clipLeaves({ message: mismatch.message }) };
}

function shortenResult(result: unknown): unknown {
  if (!isRecord(result) || !isRecord(result.mismatch)) return clipLeaves(result);
  const { mismatches } = result.mismatch;
  if (!Array.isArray(mismatches)) return clipLeaves(result);
  const kept = mismatches.slice(0, MISMATCHES_MAX);
  const mismatch = { ...result.mismatch, mismatches: kept };
  return clipLeaves({ ...result, mismatch, mismatchCount: mismatches.length });
}

function clipLeaves(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, leaf: unknown) =>
    typeof leaf === 'string' ? clip(leaf) : leaf,
  );
  return JSON.parse(text ?? 'null');
}

function clip(text: string): string {
  return text.length <= TEXT_LENGTH_MAX ? text : `${text.slice(0, TEXT_LENGTH_MAX)}...`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
