import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { openClient, postBytes, startServer, textOf } from './server-client.ts';

const WANTED = 10_000;
/** What a process needs beside its connections. */
const OTHER_FILES = 200;
/** The half-open ones say something and never go on. */
const HALF_SAID = 'POST / HTTP/1.1\r\nHost: localhost\r\n';

/** A second process, because both ends would need more files than one process may have. */
const IDLE_CLIENTS = `
  import { once } from 'node:events';
  import { connect } from 'node:net';
  const [port, count] = process.argv.slice(1).map(Number);
  const sockets = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(250, count - sockets.length) }, (_, index) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('close', () => process.exit(3));
      if (index % 2 === 0) socket.write(${JSON.stringify(HALF_SAID)});
      return socket;
    });
    await Promise.all(batch.map((socket) => once(socket, 'connect')));
    sockets.push(...batch);
  }
  console.log('connected');
  process.stdin.once('end', () => process.exit(0)).resume();
`;

let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill();
});

/** How many files this process may open. */
function filesMax(): number {
  // The report is typed as any object.
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = Number(report.userLimits?.open_files?.soft);
  return Number.isFinite(soft) ? soft : Number.POSITIVE_INFINITY;
}

test(`${WANTED} idle connections are kept, and requests are answered`, async () => {
  const count = Math.min(WANTED, filesMax() - OTHER_FILES);
  if (count < WANTED) {
    console.warn(
      `Tried ${count} idle connections instead of ${WANTED}: this shell lets a process open ` +
        `${filesMax()} files. Run "ulimit -n ${WANTED + OTHER_FILES}" before for the whole test.`,
    );
  }
  const { emulator, server, port } = await startServer({ answer: 'echo' });
  const before = process.memoryUsage().rss;
  const args = ['--input-type=module', '-e', IDLE_CLIENTS, String(port), String(count)];
  child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('the child has no output');
  const lines = createInterface(child.stdout);
  expect(await Promise.race([once(lines, 'line'), exited])).toEqual(['connected']);
  for (let index = 0; index < 50; index += 1) {
    const client = await openClient(port);
    await client.send(postBytes(`request ${index} `));
    expect(textOf((await client.answers(1))[0])).toContain(`request ${index} `);
    client.socket.destroy();
  }
  expect(emulator.journal.total).toBe(50);
  expect((process.memoryUsage().rss - before) / count).toBeLessThan(50_000);
  // None of them was closed, or the child would have ended; all of them are when the server ends.
  expect(child.exitCode).toBeNull();
  await server.close({ drainTimeoutMs: 3_600_000 });
  expect((await exited)[0]).toBe(3);
});
