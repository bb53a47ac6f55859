import type { Setting } from './settings/setting.ts';
import type { Sources } from './settings/stated.ts';

/** The thing that a command is about, where there is one: the URL of `verify URL`. */
export interface Operand {
  /** What stands for it in the help. */
  readonly placeholder: string;
  /** What to do when it is missing, as a sentence; null where it may be. */
  readonly way: string | null;
  /** Whether there may be several. */
  readonly isRepeatable?: boolean;
}

/** What a command reads: flags, environment, and the operands of a command that has some. */
export interface CommandSources extends Sources {
  /** The first one as it was typed; empty when there is none. */
  readonly operand: string;
  readonly operands: readonly string[];
}

/** One command of the program. */
export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Whether the program means this command when none is named. */
  readonly isDefault: boolean;
  readonly operand?: Operand;
  readonly settings: readonly Setting[];
  /** What else the help says, a paragraph each. */
  readonly details?: readonly string[];
  /** Flags and what they bring, for the help. */
  readonly examples: readonly (readonly [flags: string, result: string])[];
  /** The exit code for an error of the program's own; for a command to whom 1 means another. */
  readonly internalExitCode?: number;
  /** Runs the command and resolves to the exit code. */
  run(sources: CommandSources, terminal: Terminal): Promise<number>;
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
