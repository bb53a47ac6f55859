import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { loadConfigFile, loadScriptFile } from '../../src/cli/config/load.ts';
import { type Block, readPage } from './blocks.ts';
import { type EmulatorProcess, MAIN, startEmulator } from './emulator-process.ts';
import { normalize, PAGE_URL } from './normalize.ts';
import type { Programs } from './programs.ts';
import { splitWords } from './words.ts';

const run = promisify(execFile);

/** What a page has done so far: the folder, the server and the output that the next blocks are about. */
interface State {
  readonly folder: string;
  readonly programs: Programs;
  emulator: EmulatorProcess | null;
  output: string | null;
}

/** Runs the blocks of one page, from top to bottom. */
export interface PageRunner {
  runBlock(block: Block): Promise<void>;
  end(): Promise<void>;
}

/** Prepares to run a page; files that it shows are written to a folder of its own. */
export async function createPageRunner(programs: Programs): Promise<PageRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'modal-emulator-page-'));
  const state: State = { folder, programs, emulator: null, output: null };
  return {
    async runBlock(block) {
      const handler = HANDLERS[block.language];
      if (handler === undefined) {
        throw new Error(`no test knows what to do with a block of language "${block.language}"`);
      }
      await handler(block, state);
    },
    async end() {
      await state.emulator?.stop();
      await rm(folder, { recursive: true });
    },
  };
}

type Handler = (block: Block, state: State) => Promise<void>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  async sh({ text }, state) {
    state.output = null;
    const lines = text.trimEnd().split('\n');
    for (const line of lines.filter((one) => !one.startsWith('#'))) await runLine(line, state);
  },
  async yaml({ text, check }, { folder }) {
    const scenario = /^scenario ([\w-]+\.yaml)$/.exec(check ?? '')?.[1];
    const name = scenario ?? /^# ([\w-]+\.yaml)\n/.exec(text)?.[1];
    if (name === undefined) throw new Error('the first line does not name the file: # name.yaml');
    const path = join(folder, name);
    await writeFile(path, text);
    // Whether a scenario is valid is what the page shows next.
    if (scenario !== undefined) return;
    await (name === 'answers.yaml' ? loadScriptFile(path) : loadConfigFile(path));
  },
  async ts({ text, line }, state) {
    // A block with tests was imported with this file, and they run as tests of their own.
    if (text.includes("from 'vitest'")) return;
    const file = state.programs.write(`line-${line}.ts`, text.replaceAll(PAGE_URL, urlOf(state)));
    state.output = (await run(process.execPath, [file])).stdout;
  },
  async text({ text, check }, state) {
    if (check === 'banner') {
      expect(normalize(state.emulator?.announced ?? '').trimEnd()).toBe(normalize(text).trimEnd());
    } else if (check === 'log') {
      const log = await state.emulator?.readLog(text.trimEnd().split('\n').length);
      expect(normalize(log ?? '')).toBe(normalize(text));
    } else if (check?.startsWith('output of python') !== true) {
      const output = normalize(outputOf(state));
      expect(cutAsShown(output, text)).toBe(normalize(text));
    }
  },
  async json({ text, check }, state) {
    const real = check === 'ready line' ? (state.emulator?.announced ?? '') : outputOf(state);
    const [actual, shown]: unknown[] = [real, text].map((one) => JSON.parse(normalize(one)));
    if (check === null) expect(actual).toEqual(shown);
    else expect(actual).toMatchObject(shown as object);
  },
  async python({ check }) {
    // The Python suites run them: tests/python/support/readme.py.
    expect(check).toMatch(/^python (?:newest|before-0\.3)(?: --\S+(?: \S+)?)*$/);
  },
};

/** What the last block with commands, or the last program, printed. */
function outputOf(state: State): string {
  if (state.output === null) throw new Error('there is no output that this block could show');
  return state.output;
}

/** A line that the page ends with an ellipsis may go on. */
function cutAsShown(output: string, shown: string): string {
  const shownLines = shown.split('\n');
  const cut = output.split('\n').map((line, index) => {
    const beginning = /^(.+)…$/.exec(shownLines[index] ?? '')?.[1];
    return beginning !== undefined && line.startsWith(beginning) ? `${beginning}…` : line;
  });
  return cut.join('\n');
}

function urlOf({ emulator }: State): string {
  if (emulator === null) throw new Error('no emulator was started before this block');
  return emulator.url;
}

async function runLine(line: string, state: State): Promise<void> {
  const setup = /^npm ci && (npm start|npm test)$/.exec(line)?.[1];
  if (setup === 'npm test') return expectInCi(line);
  const words = splitWords(setup ?? line);
  const flags = words.slice(2).filter((word) => word !== '--' && word !== '--silent');
  const command = COMMANDS.find(({ name, isDefault }) => name === flags[0] && !isDefault);
  if (words[0] === 'npm' && words[1] === 'start' && command !== undefined) {
    const args = flags.map((word) =>
      word.includes(PAGE_URL) ? word.replaceAll(PAGE_URL, urlOf(state)) : word,
    );
    // The port of the page is not the one that the tests got.
    if (command.name === 'why') args.push('--url', urlOf(state));
    state.output = await runCommand(args, state.folder);
    return;
  }
  if (words[0] === 'npm' && words[1] === 'start') {
    await state.emulator?.stop();
    state.emulator = await startEmulator(flags, state.folder);
    return;
  }
  if (words[0] === 'curl') {
    const url = urlOf(state);
    const args = words.slice(1).map((word) => word.replaceAll(PAGE_URL, url));
    const { stdout } = await run('curl', ['--silent', '--show-error', '--noproxy', '*', ...args]);
    // A terminal shows the next command's output on a line of its own.
    state.output = `${state.output ?? ''}${stdout.trimEnd()}\n`;
    return;
  }
  // A shell's own, and what needs an endpoint on Modal: shown, not run.
  if (words[0] === 'export' || line.includes('modal.run')) return;
  if (words[0] === 'npm' && words[1] === 'install') return;
  if (words[0] === 'npm' && words[1] === 'run') return expectScript(words[2] ?? '');
  throw new Error(`no test knows how to run "${line}"`);
}

/** What a command prints that ends by itself, whatever it finds. */
function runCommand(args: readonly string[], folder: string): Promise<string> {
  const { PATH } = process.env;
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { PATH } };
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      // 1 is a check that failed, 2 a file with a mistake; with anything else it has not run.
      if (error === null || error.code === 1 || error.code === 2) resolve(stdout + stderr);
      else reject(new Error(stderr, { cause: error }));
    });
  });
}

/** The one line that passes the tests is the one that CI runs. */
function expectInCi(line: string): void {
  expect(readPage('.ci/run')).toContain(line);
}

function expectScript(name: string): void {
  const { scripts } = JSON.parse(readPage('package.json'));
  expect(Object.keys(scripts)).toContain(name);
}
