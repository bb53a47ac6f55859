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
  /** Command lines without the program's name, for the help. */
  readonly examples: readonly string[];
  /** Runs the command and resolves to the exit code. */
  run(sources: Sources, terminal: Terminal): Promise<number>;
}

/** What a command may touch of its process. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly process: NodeJS.Process;
}
