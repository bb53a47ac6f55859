import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeaderList } from '../../../scenarios/outcome.ts';
import type { PactEngineOutcome } from '../../pact/engine-outcome.ts';
import { maskReport } from '../../pact/mask-report.ts';
import { readEngineReport } from '../../pact/read-report.ts';
import { createSecrets, type Secrets, secretsOfHeaders } from '../../secrets.ts';
import type { EngineMessage, EngineOrder } from './engine-protocol.ts';
import { type FindEngine, findEngine, isSupportedVersion } from './find-engine.ts';
import { createTail } from './tail.ts';

/** What Pact's engine is run with. */
export interface PactEngineInput {
  /** Base of the paths of the pacts; without credentials and query, which the engine drops. */
  readonly url: string;
  /** Pact files, verified one after the other; after two without an answer, no more. */
  readonly files: readonly string[];
  /** Added to every request; may hold secrets. */
  readonly headers: HeaderList;
  /** Told of the provider states by POST, as Pact does; without it states are only names. */
  readonly statesUrl?: string;
  /** Of one interaction. */
  readonly timeoutMs: number;
  /** Of the whole run; default: that of ten interactions. */
  readonly deadlineMs?: number;
  /** Where the engine is looked for first; default: the working directory. */
  readonly cwd?: string;
}

/** What a run reaches the world through; a test puts something else in its place. */
export interface PactEngineSurroundings {
  readonly findEngine?: FindEngine;
  /** The program that runs the engine. */
  readonly childPath?: string;
  readonly memoryMaxBytes?: number;
}

const DEADLINE_FACTOR = 10;
/** A timer of Node's that is set to more fires at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;
const MEMORY_MAX_BYTES = 1024 * 1024 * 1024;
/** What the end of the output says, in case of a crash. */
const TAIL_LENGTH_MAX = 16 * 1024;
const REASON_LINES_MAX = 5;

/** Verifies pacts with Pact's engine, in a child process. It never rejects. */
export async function runPactEngine(
  input: PactEngineInput,
  surroundings: PactEngineSurroundings = {},
): Promise<PactEngineOutcome> {
  const engine = (surroundings.findEngine ?? findEngine)(input.cwd ?? process.cwd());
  if (engine === null) return { kind: 'missing' };
  const engineVersion = engine.version;
  if (!isSupportedVersion(engineVersion)) return { kind: 'unsupported', engineVersion };
  const memoryMaxBytes = surroundings.memoryMaxBytes ?? MEMORY_MAX_BYTES;
  const wantedMs = input.deadlineMs ?? DEADLINE_FACTOR * input.timeoutMs;
  const deadlineMs = Math.min(wantedMs, TIMER_MAX_MS);
  const { files, timeoutMs } = input;
  const options = engineOptions(input);
  const order = { enginePath: engine.path, files, timeoutMs, options, memoryMaxBytes };
  const ended = await runChild(order, { path: surroundings.childPath ?? childPath(), deadlineMs });
  if (ended.message === null && ended.isLate) return { kind: 'timeout', afterMs: deadlineMs };
  if (ended.message === null) return { kind: 'failed', reason: withoutSecrets(ended.tail, input) };
  const { message } = ended;
  if (message.kind === 'memory') return { kind: 'memory', limitBytes: memoryMaxBytes };
  if (message.kind === 'failed') {
    return { kind: 'failed', reason: withoutSecrets(message.reason, input) };
  }
  const report = readEngineReport(message.report);
  if (report === null) return { kind: 'failed', reason: 'Its report has an unknown shape.' };
  const masked = maskReport(report, secretsOf(input));
  return { kind: 'verified', engineVersion, askedCount: message.askedCount, ...masked };
}

/** The program beside this file, in the sources as in the package. */
function childPath(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./engine-child.${extension}`, import.meta.url));
}

function engineOptions(input: PactEngineInput): Record<string, unknown> {
  const headers = Object.fromEntries(input.headers);
  return {
    provider: 'provider',
    providerBaseUrl: input.url,
    logLevel: 'error',
    failIfNoPactsFound: true,
    // A redirect is a request that nobody counts, and it would take secret headers along.
    followRedirects: false,
    // The engine refuses an empty list.
    ...(input.headers.length > 0 && { customProviderHeaders: headers }),
    ...(input.statesUrl !== undefined && { providerStatesSetupUrl: input.statesUrl }),
  };
}

interface Ended {
  readonly message: EngineMessage | null;
  readonly isLate: boolean;
  /** The last lines that it printed, and how it ended. */
  readonly tail: string;
}

function runChild(
  order: EngineOrder,
  { path, deadlineMs }: { readonly path: string; readonly deadlineMs: number },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path], {
      // The engine looks for native modules in the working directory before its own.
      cwd: dirname(order.enginePath),
      env: childEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      windowsHide: true,
    });
    let message: EngineMessage | null = null;
    let isLate = false;
    let failure = '';
    const tail = createTail(TAIL_LENGTH_MAX);
    child.stdout?.on('data', tail.add);
    child.stderr?.on('data', tail.add);
    const deadline = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, deadlineMs);
    child.once('message', (received) => {
      // Sound: our own program sends nothing else.
      message = received as EngineMessage;
    });
    child.once('error', (error) => {
      failure = error.message;
      // Without a process there will be no "close".
      if (child.pid === undefined) end('');
    });
    child.once('close', (code, signal) => end(`It ended with ${signal ?? `exit code ${code}`}.`));
    const end = (how: string) => {
      clearTimeout(deadline);
      const lines = tail.lines(REASON_LINES_MAX);
      resolve({ message, isLate, tail: [failure, how, ...lines].filter(Boolean).join('\n') });
    };
    sendOrder(child, order);
  });
}

/** A child that is gone before it reads is reported by how it ended. */
function sendOrder(child: ChildProcess, order: EngineOrder): void {
  child.send(order, () => {});
}

/** Ways to libraries, certificates, plugins; nothing else, since secrets stand in environments. */
const PASSED_ON = [
  ...['HOME', 'USERPROFILE', 'PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'PACT_PLUGIN_DIR'],
];

function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // Only this very word keeps the engine from telling its makers of every run.
  return { ...Object.fromEntries(passed), PACT_DO_NOT_TRACK: 'true', LOG_LEVEL: 'error' };
}

function withoutSecrets(text: string, input: PactEngineInput): string {
  return secretsOf(input).redact(text);
}

function secretsOf({ headers }: PactEngineInput): Secrets {
  return createSecrets(secretsOfHeaders(headers));
}
