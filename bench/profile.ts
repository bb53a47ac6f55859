import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startGenerator } from './load/client.ts';
import type { LoadResult } from './load/job.ts';
import type { Pinning } from './machine.ts';
import { createTemporaryFolder, removeTemporaryFolder } from './processes.ts';
import { type Subject, startServer } from './servers.ts';
import { count, table } from './table.ts';

export interface ProfileOptions {
  readonly subject: Subject;
  readonly promptBytes: number;
  readonly connections: number;
  readonly seconds: number;
  readonly pinning: Pinning;
}

/** Time a function spent in itself, not in what it called. */
export interface FunctionTime {
  readonly name: string;
  readonly place: string;
  /** Of the time in which the process was not idle. */
  readonly share: number;
}

export interface ProfileResult {
  readonly subject: string;
  readonly load: LoadResult;
  readonly functions: readonly FunctionTime[];
}

/** The parts of V8's profile format that are read here. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
  readonly endTime: number;
}

const WARMUP_SECONDS = 2;

/** Loads a subject under `--cpu-prof` and adds up where its time goes. */
export async function measureProfile(options: ProfileOptions): Promise<ProfileResult> {
  const folder = createTemporaryFolder();
  const generator = startGenerator(options.pinning.client);
  try {
    const server = await startServer(options.subject, {
      prefix: options.pinning.server,
      nodeFlags: ['--cpu-prof', '--cpu-prof-dir', folder],
      folder,
    });
    const load = await generator.run(server, {
      connections: options.connections,
      promptBytes: options.promptBytes,
      expect: 'hello',
      firstPrompt: 1,
      warmupSeconds: WARMUP_SECONDS,
      until: { seconds: options.seconds },
      timeoutSeconds: WARMUP_SECONDS + options.seconds + 10,
    });
    await server.stop();
    const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
    if (file === undefined) {
      throw new Error('Failed to profile: no profile was written. Does SIGTERM end it in order?');
    }
    // Node writes this format.
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
    const functions = addUp(profile, options.seconds);
    return { subject: options.subject.name, load, functions };
  } finally {
    await generator.stop();
    removeTemporaryFolder(folder);
  }
}

/**
 * Adds up the last `seconds` of a profile by function: the profile ends when the load does,
 * so this leaves out the start and the code before it was optimized.
 */
function addUp(profile: CpuProfile, seconds: number): readonly FunctionTime[] {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const times = new Map<string, { name: string; place: string; micros: number }>();
  let busyMicros = 0;
  let leftMicros = seconds * 1e6;
  for (let index = profile.samples.length - 1; index >= 0 && leftMicros > 0; index -= 1) {
    const micros = profile.timeDeltas[index] ?? 0;
    const frame = frames.get(profile.samples[index] ?? 0);
    leftMicros -= micros;
    if (frame === undefined || frame.functionName === '(idle)') continue;
    busyMicros += micros;
    const key = `${frame.functionName} ${frame.url} ${frame.lineNumber}`;
    const time = times.get(key) ?? { ...describe(frame), micros: 0 };
    time.micros += micros;
    times.set(key, time);
  }
  return [...times.values()]
    .sort((a, b) => b.micros - a.micros)
    .map(({ name, place, micros }) => ({ name, place, share: micros / busyMicros }));
}

function describe(frame: CpuProfile['nodes'][number]['callFrame']) {
  const { functionName, url, lineNumber } = frame;
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return { name, place: '' };
  const path = url.startsWith('node:') ? url : shorten(url);
  return { name, place: `${path}:${lineNumber + 1}` };
}

/** From the package or the last folders on: enough to find the file. */
function shorten(url: string): string {
  const inPackage = url.lastIndexOf('node_modules/');
  if (inPackage >= 0) return url.slice(inPackage + 'node_modules/'.length);
  const inDist = url.lastIndexOf('/dist/');
  return inDist >= 0 ? url.slice(inDist + 1) : basename(url);
}

const SHOWN = 25;

/** The table of a profile: the functions with the most time of their own. */
export function formatProfile({ subject, load, functions }: ProfileResult): string {
  const shown = functions.slice(0, SHOWN);
  const rest = functions.slice(SHOWN).reduce((sum, each) => sum + each.share, 0);
  const body = table(
    ['function', 'self %', 'place'],
    [
      ...shown.map((each) => [each.name, (each.share * 100).toFixed(1), each.place]),
      [`(${functions.length - shown.length} others)`, (rest * 100).toFixed(1), ''],
    ],
  );
  return `Profile of ${subject} under load (${count(load.requestsPerSecond)} req/s while profiled): self time\n${body}`;
}
