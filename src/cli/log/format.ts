import type { Diagnosis } from '../../emulator/diagnosis/diagnosis.ts';
import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { ExchangeSummary } from '../../emulator/journal.ts';
import type { LogLevel } from '../config/schema.ts';

/** The prompt of an exchange, by its ordinal. */
export type PromptOf = (ordinal: number) => string | null;

/** What a line of the log is about. */
export type LogEvent =
  | {
      readonly kind: 'exchange';
      readonly exchange: ExchangeSummary;
      readonly promptOf: PromptOf;
    }
  | {
      readonly kind: 'message';
      /** ISO 8601. */
      readonly time: string;
      readonly text: string;
    };

/** Writes a line of the log, its line break included. */
export type LogFormatter = (level: LogLevel, event: LogEvent) => string;

/** A target longer than this says nothing more. */
const TARGET_MAX_CHARS = 200;
const PROMPT_MAX_CHARS = 120;

/** After so many kinds of failure, further kinds are named only: the record of them is bounded. */
const HINTS_MAX = 200;

const RESET = '\u001b[0m';
const COLORS = { dim: '\u001b[2m', green: '\u001b[32m', yellow: '\u001b[33m', red: '\u001b[31m' };
type Color = keyof typeof COLORS;

const MESSAGE_COLORS: Readonly<Record<LogLevel, Color>> = {
  debug: 'dim',
  info: 'dim',
  warn: 'yellow',
  error: 'red',
  silent: 'dim',
};

/** Lines for people: what a failure means is said the first time, then only named. */
export function createPrettyFormatter(options: { colors: boolean; debug: boolean }): LogFormatter {
  const paint = (color: Color, text: string) =>
    options.colors ? COLORS[color] + text + RESET : text;
  const paintStatus = (status: number) => paint(colorOf(status), String(status));
  const endOf = ({ status, wire, responseBytes }: ExchangeSummary, took: string): string => {
    if (wire !== null) {
      const shown = status === null ? '' : `${paintStatus(status)} `;
      const end = wire.fault === null ? wire.end : `${wire.fault}, ${wire.end}`;
      return `${shown}${paint('yellow', end)} ${took} ${size(wire.bytesSent)}`;
    }
    if (status === null) return `${paint('yellow', 'abandoned')} ${took}`;
    return `${paintStatus(status)} ${took} ${size(responseBytes)}`;
  };
  const explained = new Set<string>();

  const failure = (diagnosis: Diagnosis): string => {
    const name = escapeControls(diagnosis.exception ?? 'failure');
    const short = `  LangChain: ${paint('yellow', name)}`;
    const key = `${name} ${diagnosis.hint ?? ''}`;
    if (explained.has(key) || explained.size >= HINTS_MAX) return short;
    explained.add(key);
    const because = escapeControls(clip(diagnosis.because, 400));
    const hint = diagnosis.hint === null ? '' : `\n    ${escapeControls(diagnosis.hint)}`;
    return `${short}\n    ${because}${paint('yellow', hint)}`;
  };

  // Most failures are the one before: its name is painted once.
  let last: Diagnosis | null = null;
  let lastShort = '';
  const failureOf = (diagnosis: Diagnosis): string => {
    if (diagnosis === last) return lastShort;
    const text = failure(diagnosis);
    last = diagnosis;
    lastShort = failure(diagnosis);
    return text;
  };
  const timeOf = createTimeWriter();
  const requestOf = createRequestWriter();

  return (level, event) => {
    if (event.kind === 'message') {
      const color = MESSAGE_COLORS[level];
      return `${paint('dim', clock(event.time))} ${paint(color, escapeControls(event.text))}\n`;
    }
    const { exchange } = event;
    const { diagnosis } = exchange;
    const end = endOf(exchange, duration(exchange.endedMs - exchange.startedMs));
    const failed = diagnosis?.verdict === 'fails' ? failureOf(diagnosis) : '';
    const prompt = options.debug ? promptLine(event.promptOf(exchange.ordinal)) : '';
    const time = timeOf(exchange.endedMs);
    const request = requestOf(exchange);
    return `${paint('dim', time)} ${request} ${end}${failed}${prompt}\n`;
  };
}

/** Lines for programs: one JSON object each. */
export function createJsonFormatter(options: { debug: boolean }): LogFormatter {
  return (level, event) => `${JSON.stringify(jsonLine(level, event, options.debug))}\n`;
}

function jsonLine(level: LogLevel, event: LogEvent, debug: boolean): object {
  if (event.kind === 'message') {
    return { time: event.time, level, event: 'message', message: event.text };
  }
  const { exchange } = event;
  const { wire } = exchange;
  const kind = wire !== null ? 'wire' : exchange.status === null ? 'abandoned' : 'reply';
  return {
    time: new Date(exchange.endedMs).toISOString(),
    level,
    event: 'exchange',
    ordinal: exchange.ordinal,
    method: exchange.method,
    target: exchange.target,
    outcome: kind,
    status: exchange.status ?? undefined,
    durationMs: Math.round((exchange.endedMs - exchange.startedMs) * 1000) / 1000,
    requestBytes: exchange.requestBytes,
    responseBytes: kind === 'abandoned' ? undefined : exchange.responseBytes,
    wire: wire ?? undefined,
    diagnosis: exchange.diagnosis ?? undefined,
    prompt: debug ? (event.promptOf(exchange.ordinal) ?? undefined) : undefined,
  };
}

/** Writes method and target; most clients ask for one thing again and again. */
function createRequestWriter(): (exchange: ExchangeSummary) => string {
  let lastMethod = '';
  let lastTarget = '';
  let lastText = '';
  return ({ method, target }) => {
    if (method !== lastMethod || target !== lastTarget) {
      lastMethod = method;
      lastTarget = target;
      lastText = `${escapeControls(method)} ${escapeControls(clip(target, TARGET_MAX_CHARS))}`;
    }
    return lastText;
  };
}

/** Writes times of day; under load, many lines belong to one millisecond. */
function createTimeWriter(): (epochMs: number) => string {
  let lastMs = Number.NaN;
  let lastText = '';
  return (epochMs) => {
    const wholeMs = Math.floor(epochMs);
    if (wholeMs !== lastMs) {
      lastMs = wholeMs;
      lastText = clock(new Date(wholeMs).toISOString());
    }
    return lastText;
  };
}

/** `12:34:56.789Z` of an ISO 8601 time. */
function clock(time: string): string {
  return time.slice(11);
}

function colorOf(status: number): Color {
  if (status < 400) return 'green';
  return status < 500 ? 'yellow' : 'red';
}

function duration(durationMs: number): string {
  // Rounding by arithmetic: toFixed alone would cost as much as the rest of the line.
  if (durationMs < 1000) return `${Math.round(durationMs * 10) / 10} ms`;
  return `${Math.round(durationMs / 100) / 10} s`;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 102.4) / 10} KiB`;
  return `${Math.round(bytes / 104_857.6) / 10} MiB`;
}

function promptLine(prompt: string | null): string {
  if (prompt === null) return '';
  return `\n    prompt ${escapeControls(JSON.stringify(clip(prompt, PROMPT_MAX_CHARS)))}`;
}
