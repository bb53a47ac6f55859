import { readdirSync, readFileSync } from 'node:fs';

/** What a command took, its children included. */
export interface TreeUsage {
  readonly wallMs: number;
  /** The most that all its processes held at one moment; null where there is no /proc to ask. */
  readonly peakBytes: number | null;
}

/** How often the memory is looked at. */
const SAMPLE_MS = 10;

/** Watches a process and its descendants until the returned function is called. */
export function watchTree(pid: number): () => TreeUsage {
  const startMs = performance.now();
  let peakBytes: number | null = null;
  const sample = () => {
    const bytes = treeBytes(pid);
    if (bytes !== null) peakBytes = Math.max(peakBytes ?? 0, bytes);
  };
  sample();
  const timer = setInterval(sample, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return { wallMs: performance.now() - startMs, peakBytes };
  };
}

/** Resident memory of a process and its descendants; null where the system does not tell. */
function treeBytes(root: number): number | null {
  const stats = readStats();
  if (stats === null) return null;
  const isInside = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isInside(stats.get(pid)?.parent));
  let bytes = 0;
  for (const [pid, { residentBytes }] of stats) if (isInside(pid)) bytes += residentBytes;
  return bytes;
}

interface ProcessStat {
  readonly parent: number;
  readonly residentBytes: number;
}

const PAGE_BYTES = 4096;

/** Every process by its number, as Linux tells it. */
function readStats(): ReadonlyMap<number, ProcessStat> | null {
  if (process.platform !== 'linux') return null;
  const stats = new Map<number, ProcessStat>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program stands in brackets and may hold anything.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      const residentBytes = Number(fields?.[21]) * PAGE_BYTES;
      stats.set(Number(name), { parent: Number(fields?.[1]), residentBytes });
    } catch {
      // It has ended since it was listed.
    }
  }
  return stats;
}
