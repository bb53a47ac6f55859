import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Set<ChildProcess>();
const folders = new Set<string>();

/** Leaves nothing behind: children die and temporary folders go however this process ends. */
export function cleanUpOnExit(): void {
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
}

/** Starts a child that does not outlive this process. */
export function launch(command: readonly string[], options: SpawnOptions): ChildProcess {
  const [file = '', ...args] = command;
  const child = spawn(file, args, options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Makes a folder for one measurement. */
export function createTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modal-emulator-bench-'));
  folders.add(folder);
  return folder;
}

/** Removes such a folder before the end. */
export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Asks a child to leave, and makes it leave when it does not within five seconds. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const left = once(child, 'exit', { signal: AbortSignal.timeout(5_000) });
  child.kill('SIGTERM');
  await left.catch(async () => {
    const killed = once(child, 'exit');
    child.kill('SIGKILL');
    await killed;
  });
}

/** Runs a command to its end and returns what it wrote; fails with its error output. */
export async function runCommand(
  command: readonly string[],
  options: { readonly cwd: string; readonly timeoutSeconds: number },
): Promise<string> {
  const child = launch(command, {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutSeconds * 1000,
  });
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status, signal] = await once(child, 'close');
  if (status === 0) return output;
  throw new Error(`"${command.join(' ')}" ended with ${status ?? signal}: ${errors.slice(-2000)}`);
}
