import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ROOT } from './blocks.ts';

/** The command line. */
export const MAIN = fileURLToPath(new URL('src/cli/main.ts', ROOT));

/** The emulator as a process of its own, started as a page says but on a free port. */
export interface EmulatorProcess {
  readonly url: string;
  /** What it printed up to being ready: the banner, or the ready line. */
  readonly announced: string;
  /** Resolves when the log, from its last reading on, has so many lines, and reads them. */
  readLog(lines: number): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the program with flags and waits until it is ready. */
export async function startEmulator(
  flags: readonly string[],
  folder: string,
): Promise<EmulatorProcess> {
  const { PATH } = process.env;
  // The last port counts.
  const child = spawn(process.execPath, [MAIN, ...flags, '--port', '0'], {
    cwd: folder,
    env: { PATH },
  });
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const watch of watchers) watch();
    });
  }
  const ended = once(child, 'close');
  const find = (name: 'stdout' | 'stderr', from: number, pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const watch = () => {
        const found = pattern.exec(output[name].slice(from));
        if (found === null) return;
        watchers.delete(watch);
        resolve(found[0]);
      };
      watchers.add(watch);
      void ended.then(() => reject(new Error(`the emulator ended: ${output.stderr}`)));
      watch();
    });
  const announced = flags.includes('--json')
    ? await find('stdout', 0, /^\{.+\}\n/)
    : await find('stderr', 0, /^[\s\S]+\nPress Ctrl-C to stop\.\n\n/);
  let read = flags.includes('--json') ? 0 : announced.length;
  return {
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(announced)?.[0] ?? '',
    announced,
    async readLog(lines) {
      const text = await find('stderr', read, new RegExp(`^(?:.*\\n){${lines}}`));
      read += text.length;
      return text;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
