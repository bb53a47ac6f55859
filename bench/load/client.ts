import { createInterface } from 'node:readline';
import { launch, stopChild } from '../processes.ts';
import { cleanEnvironment, here, type Server } from '../servers.ts';
import type { Job, JobReport, LoadResult } from './job.ts';

/** The load generator's process, seen from the bench. */
export interface LoadGenerator {
  /** Runs one job; rejects with the first answer that was not right. */
  run(server: Server, job: Omit<Job, 'host' | 'port' | 'serverPid'>): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts the load generator on its own core. */
export function startGenerator(prefix: readonly string[]): LoadGenerator {
  const child = launch([...prefix, process.execPath, here('load/generator.ts')], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the load generator has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();

  return {
    async run(server, rest) {
      const { host, port, pid: serverPid } = server;
      stdin.write(`${JSON.stringify({ ...rest, host, port, serverPid } satisfies Job)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('the load generator ended');
      // The generator is part of the bench: its lines have this form.
      const report = JSON.parse(line.value) as JobReport;
      if (report.error === null) return report.result;
      throw new Error(`Failed to measure the subject "${server.name}": ${report.error}`);
    },
    stop: () => stopChild(child),
  };
}
