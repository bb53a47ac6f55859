import { once } from 'node:events';
import { request } from 'node:http';
import type { Pinning } from './machine.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './processes.ts';
import { emulatorSubject, here, type Subject, startServer } from './servers.ts';
import { spread } from './statistics.ts';
import { table } from './table.ts';

export interface StartupOptions {
  readonly emulatorFile: string;
  readonly runs: number;
  readonly pinning: Pinning;
}

/** One subject's times from the start of its process, run by run. */
export interface StartupRow {
  readonly subject: string;
  /** Until its ready line had arrived. */
  readonly readyMs: readonly number[];
  /** Until its first answer had arrived. */
  readonly answeredMs: readonly number[];
}

/** Measures from process start to the first answered request, in alternation. */
export async function measureStartup(options: StartupOptions): Promise<readonly StartupRow[]> {
  const folder = createTemporaryFolder();
  try {
    const subjects = [
      { name: 'bare', args: [here('subjects/bare.mjs')] },
      emulatorSubject(options.emulatorFile, []),
    ];
    // The first start of each fills the caches of the disk, and is not counted.
    for (const subject of subjects) await startOnce(subject, folder, options.pinning);
    const rows = subjects.map((subject) => ({ subject, runs: [] as Run[] }));
    for (let run = 0; run < options.runs; run += 1) {
      for (const row of rows) row.runs.push(await startOnce(row.subject, folder, options.pinning));
    }
    return rows.map(({ subject, runs }) => ({
      subject: subject.name,
      readyMs: runs.map((run) => run.readyMs),
      answeredMs: runs.map((run) => run.answeredMs),
    }));
  } finally {
    removeTemporaryFolder(folder);
  }
}

interface Run {
  readonly readyMs: number;
  readonly answeredMs: number;
}

async function startOnce(subject: Subject, folder: string, pinning: Pinning): Promise<Run> {
  const startMs = performance.now();
  const server = await startServer(subject, { prefix: pinning.server, folder });
  try {
    const readyMs = performance.now() - startMs;
    await ask(server.host, server.port);
    return { readyMs, answeredMs: performance.now() - startMs };
  } finally {
    await server.stop();
  }
}

async function ask(host: string, port: number): Promise<void> {
  const asked = request({
    host,
    port,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    agent: false,
    signal: AbortSignal.timeout(10_000),
  });
  asked.end('{"prompt":"hello"}');
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  if (response.statusCode === 200 && body === '{"prompt":"hello world"}') return;
  throw new Error(`Failed to start: the first answer is ${response.statusCode} ${body}`);
}

/** The table of a start-up run. */
export function formatStartup(rows: readonly StartupRow[]): string {
  const runs = rows[0]?.answeredMs.length ?? 0;
  const body = table(
    ['subject', 'ready ms', 'first answer ms', 'min', 'max'],
    rows.map((row) => {
      const answered = spread(row.answeredMs);
      return [
        row.subject,
        spread(row.readyMs).median.toFixed(0),
        answered.median.toFixed(0),
        answered.min.toFixed(0),
        answered.max.toFixed(0),
      ];
    }),
  );
  return `Start-up: process start to the first answered request, ${runs} runs in alternation, medians\n${body}`;
}
