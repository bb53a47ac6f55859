/**
 * The load generator as a process of its own: a job per line on standard input, a report per line
 * on standard output. It ends when its input ends, so it never outlives the bench.
 */
import { createInterface } from 'node:readline';
import type { Job, JobReport } from './job.ts';
import { runJob } from './run.ts';

for await (const line of createInterface({ input: process.stdin })) {
  // The bench writes these lines itself, next door.
  const job = JSON.parse(line) as Job;
  const report = await runJob(job).then(
    (result): JobReport => ({ result, error: null }),
    (error: unknown): JobReport => ({
      result: null,
      error: error instanceof Error ? error.message : String(error),
    }),
  );
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
// After a failed job its other connections may still be open.
process.exit(0);
