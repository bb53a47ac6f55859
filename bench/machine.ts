import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** The words to put before a command so that it runs on its own core; empty without `taskset`. */
export interface Pinning {
  readonly server: readonly string[];
  readonly client: readonly string[];
  readonly note: string;
}

/** What the numbers were measured on. */
export interface Machine {
  readonly startedAt: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly loadAverage: number;
  readonly pinning: string;
}

/** Describes this machine and its load before the bench adds its own. */
export function describeMachine(pinning: Pinning): Machine {
  return {
    startedAt: new Date(performance.timeOrigin).toISOString(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    loadAverage: loadavg()[0] ?? 0,
    pinning: pinning.note,
  };
}

/**
 * Gives server and client a core each. Without it the scheduler moves them about, and on two cores
 * a server's helper threads then run on whatever the client leaves: the same for no two rounds.
 */
export function choosePinning(isPinned: boolean): Pinning {
  if (!isPinned) return { server: [], client: [], note: 'not pinned: --no-pin' };
  const cores = allowedCores();
  const [server] = cores;
  const client = cores.at(-1);
  if (server === undefined || client === undefined || server === client) {
    return { server: [], client: [], note: 'not pinned: fewer than two cores are known' };
  }
  const tried = spawnSync('taskset', ['-c', `${server},${client}`, 'true'], { stdio: 'ignore' });
  if (tried.status !== 0) return { server: [], client: [], note: 'not pinned: no taskset here' };
  return {
    server: ['taskset', '-c', String(server)],
    client: ['taskset', '-c', String(client)],
    note: `taskset: server on core ${server}, client on core ${client}`,
  };
}

/** The cores this process may use, as Linux lists them: `0-1,4`. */
function allowedCores(): readonly number[] {
  let status: string;
  try {
    status = readFileSync('/proc/self/status', 'utf8');
  } catch {
    return [];
  }
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '';
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const TICKS_PER_SECOND = 100;

/** CPU seconds that all threads of a process have used; null where `/proc` does not tell. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    // The name in parentheses may hold blanks: the numbers start after its end.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
