import { randomBytes, randomInt } from 'node:crypto';
import { createEmulator, type Emulator } from '../../emulator/emulator.ts';
import { type RunningServer, serve } from '../../emulator/node/serve.ts';
import { type Clock, createRealClock } from '../../scenarios/clock.ts';
import type { Terminal } from '../command.ts';
import type { Config } from '../config/schema.ts';
import { createStreamSink } from '../log/line-buffer.ts';
import { createLog, type Log } from '../log/log.ts';
import { clientUrl, createSamples } from '../samples/samples.ts';
import { ALL_SETTINGS } from '../settings/all-settings.ts';
import { emulatorInput } from '../settings/emulator-input.ts';
import { resolveSettings } from '../settings/resolve.ts';
import { SERVE_SETTINGS } from '../settings/serve-settings.ts';
import type { Sources } from '../settings/stated.ts';
import { unknownVariables } from '../settings/unknown-variables.ts';
import { readVersion } from '../version.ts';
import { createAccess } from './access.ts';
import { formatBanner, formatReadyLine, type Started } from './banner.ts';
import { planScenario } from './scenario-plan.ts';
import { describeRun, keepWatching } from './scenario-run.ts';
import { waitForShutdown } from './shutdown.ts';

const LOG_FLUSH_MS = 1000;

/** Serves until a signal, and resolves to the exit code. */
export async function runServe(sources: Sources, terminal: Terminal): Promise<number> {
  const resolved = await resolveSettings(SERVE_SETTINGS, sources);
  const { config } = resolved;
  const clock = createRealClock();
  const log = openLog(config, clock, terminal);
  for (const text of unknownVariables(ALL_SETTINGS, sources.environment)) log.warn(text);
  const access = createAccess(config.host, config.adminToken, generateToken);
  const plan = await planScenario(resolved, generateSeed);
  const promptOf = (ordinal: number) => emulator.journal.get(ordinal)?.request.prompt ?? null;
  const emulator: Emulator = createEmulator(emulatorInput(resolved, plan), {
    clock,
    onExchange: (exchange) => log.exchange(exchange, promptOf),
    onCrash: (reason) => log.error(`The function crashed: ${reason}`),
    control: {
      token: access.token,
      isLoopback: access.isLoopback,
      settings: shownSettings(config),
    },
  });
  const server = await serve(emulator, {
    host: config.host,
    port: config.port,
    // An error of the emulator's own, which a stack helps to mend.
    onError: (error) => log.error(error instanceof Error ? (error.stack ?? '') : String(error)),
    onUnread: log.warn,
  });
  const watching = new AbortController();
  const stopped = waitForShutdown({
    signals: terminal.process,
    clock,
    exit: (code) => terminal.process.exit(code),
    drain: async (signal) => {
      log.info(`${signal}: waiting for open exchanges to end; send it again to stop at once.`);
      watching.abort();
      await server.close({ drainTimeoutMs: config.drainTimeoutMs });
      const run = emulator.scenario;
      log.info(run === null ? 'Stopped.' : `Stopped. ${describeRun(run)}`);
      // A reader that has stopped reading must not keep the process alive.
      await Promise.race([log.flush(), clock.sleep(LOG_FLUSH_MS)]);
    },
  });
  // Only now: whoever reads that the server is ready may send a signal at once.
  const started = describeStart(emulator, server, access.generatedToken);
  announce(started, { ...config, json: resolved.loose.json === true }, terminal);
  await Promise.all([
    stopped,
    keepWatching(plan, emulator, { log, clock, signal: watching.signal }),
  ]);
  return 0;
}

/** The settings that are the server's own, for `/__admin/config`. */
function shownSettings({ host, port, logFormat, logLevel, drainTimeoutMs }: Config) {
  return { host, port, logFormat, logLevel, drainTimeoutMs };
}

function openLog(config: Config, clock: Clock, terminal: Terminal): Log {
  const { stderr, environment } = terminal;
  const log = createLog({
    level: config.logLevel,
    format: config.logFormat,
    // https://no-color.org: every text but the empty one.
    colors: stderr.isTTY === true && (environment.NO_COLOR ?? '') === '',
    clock,
    sink: createStreamSink(stderr, stderr.fd),
  });
  terminal.process.on('exit', log.flushSync);
  return log;
}

function describeStart(
  emulator: Emulator,
  server: RunningServer,
  generatedToken: string | null,
): Started {
  const { stack, answer, seed } = emulator.config;
  const url = clientUrl(server.host, server.port);
  return {
    version: readVersion(),
    url,
    host: server.host,
    port: server.port,
    pid: process.pid,
    seed,
    stack,
    answer: answer.source,
    scenario: emulator.scenario,
    samples: createSamples(url, emulator.config.function, answer),
    generatedToken,
  };
}

/** To people on standard error, to programs on standard output or, with a JSON log, in the log. */
function announce(
  started: Started,
  options: { readonly json: boolean; readonly logFormat: Config['logFormat'] },
  terminal: Terminal,
): void {
  const line = `${formatReadyLine(started)}\n`;
  if (options.json) terminal.stdout.write(line);
  else terminal.stderr.write(options.logFormat === 'json' ? line : formatBanner(started));
}

/** Digits only, so that it stays the same wherever it is pasted: shell, YAML or JSON. */
function generateSeed(): string {
  return String(randomInt(1, 2 ** 32));
}

function generateToken(): string {
  return randomBytes(24).toString('base64url');
}
