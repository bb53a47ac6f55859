import { escapeControls } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import type { Terminal } from '../command.ts';
import { EXIT_OK, EXIT_USAGE } from '../exit-codes.ts';
import { loadScenarioFile } from './load-scenario.ts';

/** Checks every file, tells what is wrong with which, and resolves to the exit code. */
export async function runValidate(paths: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT_OK;
  for (const path of paths) {
    try {
      const { scenario } = await loadScenarioFile(path);
      const { length } = scenario.steps;
      const steps = `${length} ${length === 1 ? 'step' : 'steps'}`;
      terminal.stdout.write(`${escapeControls(path)}: "${scenario.name}" is valid, ${steps}\n`);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.stderr.write(`${error.message}\n`);
      exitCode = EXIT_USAGE;
    }
  }
  return exitCode;
}
