import type { Diagnosis } from '../../emulator/diagnosis/diagnosis.ts';
import type { Exchange } from '../../emulator/journal.ts';
import type { LogLevel } from '../config/schema.ts';
import { clip, escapeControls } from '../show.ts';

/** What a line of the log is about. */
export type LogEvent =
  | { readonly kind: 'exchange'; readonly exchange: Exchange }
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

  return (level, event) => {
    if (event.kind === 'message') {
      const color = MESSAGE_COLORS[level];
      return `${paint('dim', clock(event.time))} ${paint(color, escapeControls(event.text))}\n`;
    }
    const { startedAt, request, outcome, durationMs, diagnosis } = event.exchange;
    const target = escapeControls(clip(request.target, TARGET_MAX_CHARS));
    const took = duration(durationMs);
    const end =
      outcome.kind === 'reply'
        ? `${paintStatus(outcome.status)} ${took} ${size(outcome.body.bytes)}`
        : `${paint('yellow', outcome.kind)} ${took}`;
    const failed = diagnosis?.verdict === 'fails' ? failure(diagnosis) : '';
    const prompt = options.debug && request.prompt !== null ? promptLine(request.prompt) : '';
    const begin = `${paint('dim', clock(startedAt))} ${escapeControls(request.method)}`;
    return `${begin} ${target} ${end}${failed}${prompt}\n`;
  };
}

/** Lines for programs: one JSON object each. */
export const formatJson: LogFormatter = (level, event) => {
  if (event.kind === 'message') {
    const line = { time: event.time, level, event: 'message', message: event.text };
    return `${JSON.stringify(line)}\n`;
  }
  const { exchange } = event;
  const { request, outcome, diagnosis } = exchange;
  const reply = outcome.kind === 'reply' ? outcome : null;
  const line = {
    time: exchange.startedAt,
    level,
    event: 'exchange',
    ordinal: exchange.ordinal,
    method: request.method,
    target: request.target,
    outcome: outcome.kind,
    status: reply?.status,
    durationMs: exchange.durationMs,
    requestBytes: request.body.bytes,
    responseBytes: reply?.body.bytes,
    diagnosis: diagnosis ?? undefined,
  };
  return `${JSON.stringify(line)}\n`;
};

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

function promptLine(prompt: string): string {
  return `\n    prompt ${escapeControls(JSON.stringify(clip(prompt, PROMPT_MAX_CHARS)))}`;
}
