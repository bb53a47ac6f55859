import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { AnswerInput } from '../../src/emulator/answers/options.ts';
import type { FunctionInput, StackName } from '../../src/emulator/index.ts';
import { describeForPython } from './describe-for-python.ts';
import { livePython } from './live-pythons.ts';

/** A function that can be served live; all but `reflects` are options of `createEmulator`. */
export interface LiveDefinition {
  /** As in the emulator's configuration. A stream needs its events. */
  readonly function?: FunctionInput;
  /** What the function answers: `hello world`, or the prompt and a completion. */
  readonly answer?: Extract<AnswerInput, 'hello' | 'echo' | { source: 'hello' | 'echo' }>;
  /** Answers what the parameters became, as Python prints them, instead. */
  readonly reflects?: boolean;
}

/** What really answers: the versions that are installed. */
export interface LiveVersions {
  readonly python: string;
  readonly fastapi: string;
  readonly starlette: string;
  readonly pydantic: string;
  readonly modal: string;
}

/** Real FastAPI endpoints on loopback, one for each definition. */
export interface Live {
  /** `http://127.0.0.1:‹port›` by the name of the definition. */
  readonly urls: Readonly<Record<string, string>>;
  readonly versions: LiveVersions;
  /** Ends the servers. */
  close(): Promise<void>;
}

const SERVE = join(import.meta.dirname, 'endpoint', 'serve.py');

/** Importing FastAPI and Modal's client takes seconds on a busy machine. */
const START_TIMEOUT_MS = 60_000;

const CLOSE_TIMEOUT_MS = 2000;

const ERROR_CHARS_MAX = 4000;

const readySchema = z.object({
  ports: z.record(z.string(), z.int()),
  versions: z.object({
    python: z.string(),
    fastapi: z.string(),
    starlette: z.string(),
    pydantic: z.string(),
    modal: z.string(),
  }),
});

/**
 * Serves definitions with the FastAPI of a stack, wrapped by Modal's own `magic_fastapi_app`.
 * `npm run test:live` prepares what it needs.
 */
export async function startLive<Name extends string>(
  stack: StackName | 'newest',
  definitions: Readonly<Record<Name, LiveDefinition>>,
): Promise<Live & { readonly urls: Readonly<Record<Name, string>> }> {
  const described = Object.entries<LiveDefinition>(definitions).map(([name, definition]) => [
    name,
    describeForPython(definition),
  ]);
  const server = spawn(livePython(stack), [SERVE], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let errors = '';
  server.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-ERROR_CHARS_MAX);
  });
  const ended = new Promise<void>((resolve) => {
    server.once('close', () => resolve());
    server.once('error', (error) => {
      errors += String(error);
      resolve();
    });
  });
  // Its standard input is also its life line: it ends when this process does.
  server.stdin.on('error', () => {});
  server.stdin.write(`${JSON.stringify(Object.fromEntries(described))}\n`);
  const close = async () => {
    server.stdin.end();
    const timer = setTimeout(() => server.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS);
  const line = await firstLine(server.stdout, ended);
  clearTimeout(timer);
  if (line === null) {
    await close();
    throw new Error(`Failed to start the live endpoint of stack "${stack}": it said\n${errors}`);
  }
  const { ports, versions } = readySchema.parse(JSON.parse(line));
  const urls = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`]),
  );
  // Every definition was sent, and a server that does not serve all of them does not say ready.
  return { urls: urls as Record<Name, string>, versions, close };
}

async function firstLine(
  output: NodeJS.ReadableStream,
  ended: Promise<void>,
): Promise<string | null> {
  const lines = createInterface({ input: output });
  const line = new Promise<string>((resolve) => lines.once('line', resolve));
  return Promise.race([line, ended.then(() => null)]);
}
