#!/usr/bin/env node
import { createRealClock } from '../scenarios/clock.ts';
import type { Output } from './command.ts';
import { COMMANDS } from './commands.ts';
import { runProgram } from './program.ts';

/** How long the last lines may take when their reader has stopped reading. */
const LAST_WRITES_MS = 1000;

// A reader that has had enough (`| head -1`) is no error, and no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const exitCode = await runProgram(COMMANDS, process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  process,
});

// Written, then ended: what is still in a stream would be lost, and a stuck reader would keep
// the process alive.
await Promise.race([
  Promise.all([process.stdout, process.stderr].map(written)),
  createRealClock().sleep(LAST_WRITES_MS),
]);
process.exit(exitCode);

function written(stream: Output): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
