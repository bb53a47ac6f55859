import type { Setting } from './settings/setting.ts';
import type { Sources } from './settings/stated.ts';

/** One command of the program. */
export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Whether the program means this command when none is named. */
  readonly isDefault: boolean;
  readonly settings: readonly Setting[];
  /** Flags and what they bring, for the help. */
  readonly examples: readonly (readonly [flags: string, result: string])[];
  /** Runs the command and resolves to the exit code. */
  run(sources: Sources, terminal: Terminal): Promise<number>;
}

/** A stream that a command writes to. */
export type Output = NodeJS.WritableStream & {
  readonly fd: number;
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** What a command may touch of its process. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly process: Pick<NodeJS.Process, 'on' | 'off' | 'exit'>;
}
