import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { launch, stopChild } from './processes.ts';

/** One thing to measure: a name, and what Node is to run. */
export interface Subject {
  readonly name: string;
  readonly args: readonly string[];
}

const EMULATOR = ['serve', '--port', '0', '--json'];

/** All subjects; the first is the yardstick of the ratios. */
export function listSubjects(emulatorFile: string): readonly Subject[] {
  return [
    { name: 'bare', args: [here('subjects/bare.mjs')] },
    { name: 'fastify', args: [here('subjects/fastify.ts')] },
    { name: 'emulator', args: [emulatorFile, ...EMULATOR] },
    { name: 'emulator-silent', args: [emulatorFile, ...EMULATOR, '--log-level', 'silent'] },
  ];
}

/** The emulator with more flags. */
export function emulatorSubject(emulatorFile: string, flags: readonly string[]): Subject {
  return { name: 'emulator', args: [emulatorFile, ...EMULATOR, ...flags] };
}

/** The path of a file of the bench. */
export function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** A subject that is up. */
export interface Server {
  readonly name: string;
  readonly child: ChildProcess;
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  /** Empties the log file, so that a long run does not fill the disk. */
  truncateLog(): void;
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Words before the command, as `taskset` needs them. */
  readonly prefix: readonly string[];
  /** Flags for Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Holds the log file; also the working directory, so that no config file is picked up. */
  readonly folder: string;
  /** Opens a channel for messages to a preload module. */
  readonly channel?: boolean;
}

/** Starts a subject with its log in a file, and waits for its ready line. */
export async function startServer(subject: Subject, options: StartOptions): Promise<Server> {
  const logFile = join(options.folder, `${subject.name}.log`);
  const log = openSync(logFile, 'a');
  const node = [process.execPath, ...(options.nodeFlags ?? [])];
  const child = launch([...options.prefix, ...node, ...subject.args], {
    cwd: options.folder,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', log, ...(options.channel === true ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  const url = await readUrl(child, 10).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const tail = readFileSync(logFile, 'utf8').slice(-2000);
    throw new Error(`Failed to start the subject "${subject.name}": ${reason}. ${tail}`);
  });
  return {
    name: subject.name,
    child,
    pid: child.pid ?? 0,
    host: url.hostname,
    port: Number(url.port),
    truncateLog: () => truncateSync(logFile),
    stop: () => stopChild(child),
  };
}

/** What is measured is the default: no setting of the user's shell may change it. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(MODAL_EMULATOR_|NODE_OPTIONS$|NODE_COMPILE_CACHE$|npm_)/i.test(name),
  );
  return Object.fromEntries(entries);
}

/** Reads the `url` of the ready line, the first line a subject writes. */
export function readUrl(child: ChildProcess, timeoutSeconds: number): Promise<URL> {
  return new Promise<URL>((resolve, reject) => {
    const { stdout } = child;
    if (stdout === null) return reject(new Error('its output is not a pipe'));
    const lines = createInterface({ input: stdout });
    const onTimeout = () => reject(new Error(`no ready line within ${timeoutSeconds} s`));
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    timeout.addEventListener('abort', onTimeout, { once: true });
    child.once('error', reject);
    child.once('exit', (status, signal) => reject(new Error(`it ended with ${status ?? signal}`)));
    lines.once('line', (line) => {
      timeout.removeEventListener('abort', onTimeout);
      lines.close();
      // Closing the reader pauses the pipe; a subject that writes on must not be held up.
      stdout.resume();
      const url = parseReadyLine(line);
      if (url === null) reject(new Error(`not a ready line: ${line}`));
      else resolve(url);
    });
  });
}

function parseReadyLine(line: string): URL | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('url' in value)) return null;
    return new URL(String(value.url));
  } catch {
    return null;
  }
}
