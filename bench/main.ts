/** `npm run bench`: how fast, how quick to start and how big the built emulator is. */
import { writeFileSync } from 'node:fs';
import { UsageError } from '../src/emulator/usage-error.ts';
import { formatContract, measureContract } from './contract.ts';
import { formatInstall, measureInstall } from './install.ts';
import { choosePinning, describeMachine, type Pinning } from './machine.ts';
import { formatMemory, measureMemory } from './memory.ts';
import {
  type BenchOptions,
  BUILT_FILE,
  HELP,
  type Mode,
  parseOptions,
  requireEmulator,
  usage,
} from './options.ts';
import { cleanUpOnExit } from './processes.ts';
import { formatProfile, measureProfile } from './profile.ts';
import { listSubjects, type Subject } from './servers.ts';
import { formatStartup, measureStartup } from './startup.ts';
import { formatThroughput, measureThroughput } from './throughput.ts';

type Settings = BenchOptions & { readonly pinning: Pinning };

/** Each mode measures, prints its table, and returns the raw numbers. */
const MEASUREMENTS: Readonly<
  Record<Exclude<Mode, 'all'>, (options: Settings) => Promise<unknown>>
> = {
  async throughput(options) {
    const subjects = chooseSubjects(options);
    const promptBytes = options.promptBytes ?? [60, 8192];
    const all = { ...options, subjects, promptBytes };
    const rows = await measureThroughput(all);
    console.log(formatThroughput(rows, all));
    return rows;
  },
  async startup(options) {
    requireEmulator(options.emulatorFile);
    const rows = await measureStartup(options);
    console.log(formatStartup(rows));
    return rows;
  },
  async memory(options) {
    requireEmulator(options.emulatorFile);
    const result = await measureMemory({ ...options, promptBytes: firstSize(options) });
    console.log(formatMemory(result));
    return result;
  },
  async install() {
    // What is packed is the project's own build, whatever file the other modes run.
    requireEmulator(BUILT_FILE);
    const result = await measureInstall();
    console.log(formatInstall(result));
    return result;
  },
  async contract(options) {
    requireEmulator(options.emulatorFile);
    const rows = await measureContract(options);
    console.log(formatContract(rows));
    return rows;
  },
  async profile(options) {
    const [first] = chooseSubjects({ ...options, subjects: options.subjects ?? ['emulator'] });
    if (first === undefined) throw usage('profile', 'subject', '', 'none is named');
    const promptBytes = firstSize(options);
    const result = await measureProfile({ ...options, subject: first, promptBytes });
    console.log(formatProfile(result));
    return result;
  },
};

function firstSize(options: BenchOptions): number {
  return options.promptBytes?.[0] ?? 60;
}

function chooseSubjects(options: BenchOptions): readonly Subject[] {
  const all = listSubjects(options.emulatorFile);
  const names = options.subjects ?? all.map((subject) => subject.name);
  return names.map((name) => {
    const subject = all.find((each) => each.name === name);
    if (subject === undefined) {
      const known = all.map((each) => each.name).join(', ');
      throw usage('find', 'subject', name, `it is none of ${known}`);
    }
    if (subject.args[0] === options.emulatorFile) requireEmulator(options.emulatorFile);
    return subject;
  });
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const pinning = choosePinning(options.isPinned);
  const machine = describeMachine(pinning);
  console.log(`Node ${machine.node}, ${machine.platform}, ${machine.cores} x ${machine.cpu}`);
  console.log(`load ${machine.loadAverage.toFixed(2)} before the bench; ${machine.pinning}\n`);
  const modes =
    options.mode === 'all'
      ? (['throughput', 'startup', 'memory', 'install'] as const)
      : [options.mode];
  const results: Record<string, unknown> = { machine, options };
  for (const mode of modes) {
    results[mode] = await MEASUREMENTS[mode]({ ...options, pinning });
    console.log();
  }
  if (options.jsonFile !== null) {
    writeFileSync(options.jsonFile, `${JSON.stringify(results, null, 2)}\n`);
  }
}

cleanUpOnExit();
try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exit(error instanceof UsageError ? 2 : 1);
}
