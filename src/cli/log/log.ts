import type { ExchangeSummary } from '../../emulator/journal.ts';
import type { Clock } from '../../scenarios/clock.ts';
import { LOG_LEVELS, type LogFormat, type LogLevel } from '../config/schema.ts';
import { createJsonFormatter, createPrettyFormatter, type PromptOf } from './format.ts';
import { createLineBuffer, type Sink } from './line-buffer.ts';

/** The log of the server: leveled, buffered, one line per exchange. */
export interface Log {
  /** `promptOf` an ordinal is asked for at the level debug only. */
  exchange(exchange: ExchangeSummary, promptOf: PromptOf): void;
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Resolves when everything so far was written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what is left at once: for the moment when the process ends. */
  flushSync(): void;
}

/** What is logged, how it looks, and where it goes. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly colors: boolean;
  readonly clock: Clock;
  readonly sink: Sink;
}

/** Creates a log. An exchange is `info`; one on which LangChain's class would fail is `warn`. */
export function createLog({ level, format, colors, clock, sink }: LogOptions): Log {
  const debug = level === 'debug';
  const formatLine =
    format === 'json' ? createJsonFormatter({ debug }) : createPrettyFormatter({ colors, debug });
  const now = () => new Date(clock.now()).toISOString();
  const message = (messageLevel: LogLevel, text: string) =>
    formatLine(messageLevel, { kind: 'message', time: now(), text });
  const buffer = createLineBuffer(sink, (lines) =>
    message('warn', `${lines} lines of the log were dropped: they were not read fast enough.`),
  );
  const threshold = LOG_LEVELS.indexOf(level);
  const isLogged = (lineLevel: LogLevel) => LOG_LEVELS.indexOf(lineLevel) >= threshold;
  // Asked once per exchange, so worked out once.
  const logged = { info: isLogged('info'), warn: isLogged('warn') };
  const writer = (lineLevel: LogLevel) => (text: string) => {
    if (isLogged(lineLevel)) buffer.push(message(lineLevel, text));
  };

  return {
    exchange(exchange, promptOf) {
      const exchangeLevel = exchange.diagnosis?.verdict === 'fails' ? 'warn' : 'info';
      if (logged[exchangeLevel]) {
        buffer.push(formatLine(exchangeLevel, { kind: 'exchange', exchange, promptOf }));
      }
    },
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    flush: buffer.flush,
    flushSync: buffer.flushSync,
  };
}
