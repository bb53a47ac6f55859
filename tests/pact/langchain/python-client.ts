import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ExampleBody } from '../../../src/contract/examples.ts';

/** A call of LangChain's Modal class. */
export interface ModalCall {
  readonly prompt: string;
  readonly modelKwargs?: ExampleBody;
  /** Given with the call: `invoke(prompt, temperature=0.5)`. */
  readonly arguments?: ExampleBody;
  readonly stop?: readonly string[];
}

const outcomeSchema = z.union([
  z.strictObject({ ok: z.string() }),
  z.strictObject({ exception: z.string(), message: z.string() }),
]);

/** What it returned or raised. */
export type ModalOutcome = z.infer<typeof outcomeSchema>;

/** LangChain in a process of its own. */
export interface PythonClient {
  /** Makes a call to an endpoint and waits for what comes of it. */
  invoke(url: string, call: ModalCall): Promise<ModalOutcome>;
  close(): Promise<void>;
}

const WORKER = join(import.meta.dirname, 'worker.py');
const ERROR_CHARS_MAX = 4000;
const LOOPBACK = '127.0.0.1,localhost';

/**
 * Starts LangChain with an interpreter. `isConstructed` says whether the URL goes in by the
 * constructor, which loses it since community 0.3, or by the attribute.
 */
export function startPythonClient(python: string, isConstructed: boolean): PythonClient {
  // Not spawnSync: Pact's mock server answers in this process, whose event loop must go on.
  const child = spawn(python, ['-W', 'ignore', WORKER], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NO_PROXY: LOOPBACK,
      no_proxy: LOOPBACK,
      LANGCHAIN_TRACING_V2: 'false',
      LANGSMITH_TRACING: 'false',
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-ERROR_CHARS_MAX);
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      errors += String(error);
      resolve();
    });
  });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async invoke(url, { prompt, modelKwargs = {}, arguments: given = {}, stop = null }) {
      const job = { url, prompt, modelKwargs, arguments: given, stop, isConstructed };
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`LangChain's process ended. It said\n${errors}`);
      return outcomeSchema.parse(JSON.parse(value));
    },
    async close() {
      child.kill();
      await closed;
    },
  };
}
