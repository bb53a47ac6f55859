import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from '../readme/emulator-process.ts';

/** The command line as a process, whose output can be waited for. */
export interface Program {
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<{
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }>;
  seen(name: 'stdout' | 'stderr', pattern: RegExp): Promise<string>;
  stop(): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

/** What a started server says of itself. */
export interface Ready {
  readonly url: string;
  readonly seed: string;
  readonly scenario?: string;
  readonly replay?: string;
}

/** Starts programs in a folder, and ends those that are left. */
export function createProgramStarter(folder: () => string) {
  const running = new Set<ChildProcessWithoutNullStreams>();

  const start = (
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Program => {
    const { PATH } = process.env;
    // An environment of its own: settings of whoever runs the tests must not change them.
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder(),
      env: { PATH, ...environment },
    });
    running.add(child);
    const output = { stdout: '', stderr: '' };
    const watchers = new Set<() => void>();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        for (const watch of watchers) watch();
      });
    }
    const ended = once(child, 'close').then(([code]: unknown[]) => {
      running.delete(child);
      return { ...output, code: Number(code) };
    });
    return {
      output,
      ended,
      seen: (name, pattern) =>
        new Promise((resolve, reject) => {
          const watch = () => {
            const found = pattern.exec(output[name])?.[0];
            if (found === undefined) return;
            watchers.delete(watch);
            resolve(found);
          };
          watchers.add(watch);
          void ended.then(() => reject(new Error(`it ended first: ${output.stderr}`)));
          watch();
        }),
      stop() {
        child.kill('SIGINT');
        return ended;
      },
    };
  };

  return {
    start,
    /** A server, as soon as it takes requests. */
    async serve(args: readonly string[], environment?: Readonly<Record<string, string>>) {
      const program = start(['--port', '0', '--json', ...args], environment);
      // Sound: the ready line is the program's own.
      const ready = JSON.parse(await program.seen('stdout', /^.*\n/)) as Ready;
      return { ...program, ready };
    },
    killAll() {
      for (const child of running) child.kill('SIGKILL');
      running.clear();
    },
  };
}

/** Posts a prompt; what comes of it as one word, whatever it is. */
export async function ask(
  url: string,
  prompt: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ prompt }),
    });
    await response.text();
    return String(response.status);
  } catch {
    return 'broken';
  }
}
