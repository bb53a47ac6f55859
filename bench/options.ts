import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../src/emulator/usage-error.ts';
import { here } from './servers.ts';

export const MODES = [
  'throughput',
  'startup',
  'memory',
  'install',
  'all',
  'contract',
  'profile',
] as const;
export type Mode = (typeof MODES)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly mode: Mode;
  readonly rounds: number;
  readonly seconds: number;
  readonly requests: number;
  readonly runs: number;
  readonly connections: number;
  readonly promptBytes: readonly number[] | null;
  readonly subjects: readonly string[] | null;
  readonly emulatorFile: string;
  readonly jsonFile: string | null;
  readonly budgetSeconds: number;
  /** Whether server and client get a core each, where that can be done. */
  readonly isPinned: boolean;
  readonly help: boolean;
}

export const HELP = `Usage: node bench/main.ts [throughput|startup|memory|install|all|contract|profile] [options]

  --rounds N           rounds of the throughput, each subject once per round (7)
  --seconds S          seconds per subject and round, or of the profile (2; profile 5)
  --requests N         requests of the memory run (1000000)
  --runs N             runs of the start-up and the contract (15)
  --connections N      keep-alive connections (32)
  --prompt-bytes LIST  sizes of the prompt (60,8192; memory and profile take the first)
  --subjects LIST      of bare,fastify,emulator,emulator-silent; the first is the yardstick
  --emulator FILE      the emulator's entry file (dist/cli/main.js; "npm run build" makes it)
  --no-pin             leave the cores to the scheduler
  --json FILE          also write the raw numbers there
  --quick              a smoke test: it shows that the bench runs, not how fast anything is
`;

const FLAGS = {
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  requests: { type: 'string' },
  runs: { type: 'string' },
  connections: { type: 'string' },
  'prompt-bytes': { type: 'string' },
  subjects: { type: 'string' },
  emulator: { type: 'string' },
  json: { type: 'string' },
  'no-pin': { type: 'boolean' },
  quick: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line. @throws UsageError for anything it does not know. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  const [word = 'all', ...more] = positionals;
  const mode = MODES.find((each) => each === word);
  if (mode === undefined || more.length > 0) {
    throw usage('run', 'bench', positionals.join(' '), `it is none of ${MODES.join(', ')}`);
  }
  const quick = values.quick === true;
  const number = (flag: 'rounds' | 'requests' | 'runs' | 'connections', max: number) =>
    values[flag] === undefined ? undefined : readNumber(flag, values[flag], { min: 1, max });
  const seconds = values.seconds && readNumber('seconds', values.seconds, { min: 0.05, max: 60 });
  const normalSeconds = mode === 'profile' ? 5 : 2;
  return {
    mode,
    rounds: number('rounds', 100) ?? (quick ? 1 : 7),
    seconds: seconds || (quick ? 0.3 : normalSeconds),
    requests: number('requests', 100_000_000) ?? (quick ? 5_000 : 1_000_000),
    runs: number('runs', 1000) ?? (quick ? 2 : 15),
    connections: number('connections', 1000) ?? 32,
    promptBytes: values['prompt-bytes']?.split(',').map(readBytes) ?? null,
    subjects: values.subjects?.split(',') ?? null,
    emulatorFile: resolve(values.emulator ?? BUILT_FILE),
    jsonFile: values.json === undefined ? null : resolve(values.json),
    // Everything together is to end within six minutes, whatever the machine.
    budgetSeconds: mode === 'all' ? 120 : 1800,
    isPinned: values['no-pin'] !== true,
    help: values.help === true,
  };
}

/** Where `npm run build` puts the emulator. */
export const BUILT_FILE = here('../dist/cli/main.js');

/** @throws UsageError when there is no built emulator. */
export function requireEmulator(file: string): void {
  if (existsSync(file)) return;
  throw new UsageError(
    'not-built',
    `Failed to start the emulator "${file}": there is no such file. Run "npm run build" first.`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw usage('read', 'command line', args.join(' '), reason ?? '');
  }
}

function readBytes(text: string): number {
  return readNumber('prompt-bytes', text, { min: 1, max: 1024 * 1024 });
}

function readNumber(flag: string, text: string, range: { min: number; max: number }): number {
  const value = Number(text);
  const isWhole = flag === 'seconds' || Number.isInteger(value);
  if (text.trim() !== '' && isWhole && value >= range.min && value <= range.max) return value;
  const kind = flag === 'seconds' ? 'a number' : 'a whole number';
  throw usage('read', `--${flag}`, text, `it is not ${kind} from ${range.min} to ${range.max}`);
}

/** A mistake on the command line, in the house's form. */
export function usage(verb: string, object: string, value: string, reason: string): UsageError {
  const message = `Failed to ${verb} ${object} "${value}": ${reason}. Run "node bench/main.ts --help".`;
  return new UsageError('bench-usage', message);
}
