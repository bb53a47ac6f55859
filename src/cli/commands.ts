import type { CommandSpec } from './command.ts';
import { faultsCommand } from './commands/faults.ts';
import { scenariosCommand } from './commands/scenarios.ts';
import { schemaCommand } from './commands/schema.ts';
import { serveCommand } from './commands/serve.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { whyCommand } from './commands/why.ts';

/** Everything the program can do, in the order of its help. */
export const COMMANDS: readonly CommandSpec[] = [
  serveCommand,
  verifyCommand,
  scenariosCommand,
  faultsCommand,
  validateCommand,
  schemaCommand,
  whyCommand,
];
