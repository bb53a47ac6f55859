import { scheduler } from 'node:timers/promises';
import { cpuSecondsOf } from '../machine.ts';
import { createHistogram } from '../statistics.ts';
import { converse, type Turns } from './connection.ts';
import type { Job, LoadResult } from './job.ts';
import { createTurnsFactory } from './turns.ts';

/** Runs a job to its end in this process. Rejects at the first answer that is not right. */
export async function runJob(job: Job): Promise<LoadResult> {
  const meter = createMeter(job);
  const createTurns = createTurnsFactory(job);
  const conversations = Array.from({ length: job.connections }, () =>
    converse(job.host, job.port, meter.watch(createTurns())),
  );
  const abort = new AbortController();
  const timeout = scheduler
    .wait(job.timeoutSeconds * 1000, { signal: abort.signal })
    .then(() => Promise.reject(new Error(`no end after ${job.timeoutSeconds} s`)));
  try {
    await Promise.race([Promise.all(conversations), timeout]);
  } finally {
    abort.abort();
    timeout.catch(() => {});
  }
  return meter.result();
}

/** Counts and times the answers of all connections between the warm-up and the end. */
function createMeter(job: Job) {
  const latencies = createHistogram();
  const startMs = performance.now() + job.warmupSeconds * 1000;
  const endMs = 'seconds' in job.until ? startMs + job.until.seconds * 1000 : Infinity;
  let left = 'requests' in job.until ? job.until.requests : Infinity;
  let answers = 0;
  let begun: Reading | null = null;
  let ended: Reading | null = null;

  const watch = (turns: Turns): Turns => {
    let sentMs = 0;
    return {
      next() {
        sentMs = performance.now();
        if (left <= 0 || sentMs >= endMs) return null;
        left -= 1;
        return turns.next();
      },
      answered(body) {
        const nowMs = performance.now();
        if (nowMs >= startMs && nowMs < endMs) {
          begun ??= read(job.serverPid);
          answers += 1;
          latencies.record(nowMs - sentMs);
        } else if (nowMs >= endMs) ended ??= read(job.serverPid);
        return turns.answered(body);
      },
    };
  };

  const result = (): LoadResult => {
    const last = ended ?? read(job.serverPid);
    if (begun === null) throw new Error('no answer arrived within the measured time');
    const seconds = (last.atMs - begun.atMs) / 1000;
    return {
      answers,
      seconds,
      requestsPerSecond: answers / seconds,
      p50Ms: latencies.quantileMs(0.5),
      p99Ms: latencies.quantileMs(0.99),
      clientCpu: (last.clientSeconds - begun.clientSeconds) / seconds,
      serverCpu:
        last.serverSeconds === null || begun.serverSeconds === null
          ? null
          : (last.serverSeconds - begun.serverSeconds) / seconds,
    };
  };
  return { watch, result };
}

interface Reading {
  readonly atMs: number;
  readonly clientSeconds: number;
  readonly serverSeconds: number | null;
}

function read(serverPid: number): Reading {
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    clientSeconds: (user + system) / 1e6,
    serverSeconds: cpuSecondsOf(serverPid),
  };
}
