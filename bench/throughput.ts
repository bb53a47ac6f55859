import { type LoadGenerator, startGenerator } from './load/client.ts';
import type { LoadResult } from './load/job.ts';
import type { Pinning } from './machine.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './processes.ts';
import { type Server, type Subject, startServer } from './servers.ts';
import { median, type Spread, spread } from './statistics.ts';
import { count, percent, table } from './table.ts';

export interface ThroughputOptions {
  readonly subjects: readonly Subject[];
  readonly promptBytes: readonly number[];
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly pinning: Pinning;
}

/** One subject with one size of prompt. */
export interface ThroughputRow {
  readonly subject: string;
  readonly promptBytes: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly clientCpu: number;
  readonly serverCpu: number | null;
  /** CPU time of the server per answer: what remains comparable on a machine that is not quiet. */
  readonly serverCpuMicros: number | null;
  /** Requests per second over those of the first subject in the same round. */
  readonly ratio: Spread;
  readonly rounds: readonly LoadResult[];
}

const WARMUP_SECONDS = 1;
// Within a round only the connections are new: the code is warm already.
const LEAD_IN_SECONDS = 0.3;

/** Measures all subjects in alternation, so that a slow spell of the machine hits all of them. */
export async function measureThroughput(
  options: ThroughputOptions,
): Promise<readonly ThroughputRow[]> {
  const folder = createTemporaryFolder();
  const generator = startGenerator(options.pinning.client);
  const servers: Server[] = [];
  try {
    for (const subject of options.subjects) {
      servers.push(await startServer(subject, { prefix: options.pinning.server, folder }));
    }
    const rows: ThroughputRow[] = [];
    for (const promptBytes of options.promptBytes) {
      rows.push(...(await measureSize(options, promptBytes, { generator, servers })));
    }
    return rows;
  } finally {
    await Promise.all([...servers.map((server) => server.stop()), generator.stop()]);
    removeTemporaryFolder(folder);
  }
}

interface Running {
  readonly generator: LoadGenerator;
  readonly servers: readonly Server[];
}

async function measureSize(
  options: ThroughputOptions,
  promptBytes: number,
  { generator, servers }: Running,
): Promise<readonly ThroughputRow[]> {
  const load = async (server: Server, warmupSeconds: number, seconds: number) => {
    const result = await generator.run(server, {
      connections: options.connections,
      promptBytes,
      expect: 'hello',
      firstPrompt: 1,
      warmupSeconds,
      until: { seconds },
      timeoutSeconds: warmupSeconds + seconds + 10,
    });
    server.truncateLog();
    return result;
  };

  for (const server of servers) await load(server, 0, Math.min(WARMUP_SECONDS, options.seconds));
  const results = new Map<Server, LoadResult[]>(servers.map((server) => [server, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    const first = round % servers.length;
    for (const server of [...servers.slice(first), ...servers.slice(0, first)]) {
      const result = await load(
        server,
        Math.min(LEAD_IN_SECONDS, options.seconds),
        options.seconds,
      );
      results.get(server)?.push(result);
    }
  }
  const [yardstick = []] = results.values();
  return [...results].map(([server, rounds]) =>
    summarize(server.name, promptBytes, rounds, yardstick),
  );
}

function summarize(
  subject: string,
  promptBytes: number,
  rounds: readonly LoadResult[],
  yardstick: readonly LoadResult[],
): ThroughputRow {
  const known = rounds.flatMap(({ serverCpu, requestsPerSecond }) =>
    serverCpu === null ? [] : [{ serverCpu, micros: (serverCpu / requestsPerSecond) * 1e6 }],
  );
  return {
    subject,
    promptBytes,
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    clientCpu: median(rounds.map((round) => round.clientCpu)),
    serverCpu: known.length === 0 ? null : median(known.map((each) => each.serverCpu)),
    serverCpuMicros: known.length === 0 ? null : median(known.map((each) => each.micros)),
    ratio: spread(
      rounds.map((round, index) => {
        return round.requestsPerSecond / (yardstick[index]?.requestsPerSecond ?? Number.NaN);
      }),
    ),
    rounds,
  };
}

/** The table of a throughput run. */
export function formatThroughput(
  rows: readonly ThroughputRow[],
  options: ThroughputOptions,
): string {
  const yardstick = options.subjects[0]?.name ?? '';
  const header = ['subject', 'prompt', 'req/s', 'p50 ms', 'p99 ms', `x ${yardstick}`];
  const body = table(
    [...header, 'min', 'max', 'CPU us/req', 'server CPU', 'client CPU'],
    rows.map((row) => [
      row.subject,
      `${count(row.promptBytes)} B`,
      count(row.requestsPerSecond),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      row.ratio.median.toFixed(2),
      row.ratio.min.toFixed(2),
      row.ratio.max.toFixed(2),
      row.serverCpuMicros?.toFixed(1) ?? '-',
      percent(row.serverCpu),
      percent(row.clientCpu),
    ]),
  );
  const { rounds, seconds, connections } = options;
  return [
    `Throughput of POST /: ${rounds} rounds of ${seconds} s in alternation, ${connections} connections`,
    `  every answer checked; medians over rounds; ratios within a round`,
    body,
    ...warnings(rows),
  ].join('\n');
}

const SATURATED = 0.9;

/** Says where the numbers are not the servers' limits, so that nobody reads them as such. */
function warnings(rows: readonly ThroughputRow[]): readonly string[] {
  const lines: string[] = [];
  if (rows.some(({ serverCpu }) => serverCpu !== null && serverCpu < SATURATED)) {
    lines.push('  NOT RELIABLE: a server did not get its core. Measure on a quiet machine.');
  }
  if (rows.some(({ clientCpu }) => clientCpu >= SATURATED)) {
    lines.push('  NOT RELIABLE: the load generator was at its own limit.');
  }
  return lines;
}
