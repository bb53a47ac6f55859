import { z } from 'zod';
import { didYouMean } from '../../contract/suggest.ts';
import { joinWords, showValue } from '../../emulator/explain/show.ts';

/** The forms of a report. */
export const REPORT_KINDS = ['junit', 'json'] as const;
/** One of the forms. */
export type ReportKind = (typeof REPORT_KINDS)[number];

/** A report that was asked for. */
export interface ReportTarget {
  readonly kind: ReportKind;
  /** A file; `-` is standard output. */
  readonly path: string;
}

/** The path that means standard output. */
export const STANDARD_OUTPUT = '-';

const TARGETS_MAX = 10;

/** `junit=FILE,json=FILE`, several times perhaps. */
export const reportTargetsSchema = z
  .array(
    z.string().transform((text, context): ReportTarget[] => {
      const targets = text.split(',').map((part) => readTarget(part.trim()));
      for (const one of targets) {
        if (typeof one === 'string') context.addIssue({ code: 'custom', message: one });
      }
      return targets.filter((one) => typeof one !== 'string');
    }),
  )
  .transform((lists) => lists.flat())
  .refine((targets) => targets.length <= TARGETS_MAX, `must name at most ${TARGETS_MAX} files`)
  .refine(
    (targets) => new Set(targets.map(({ path }) => path)).size === targets.length,
    'must name another file for every report',
  );

/** A target, or what is wrong with the text. */
function readTarget(text: string): ReportTarget | string {
  const equals = text.indexOf('=');
  const [name, path] = [text.slice(0, Math.max(0, equals)), text.slice(equals + 1)];
  if (equals < 0) {
    const isKind = REPORT_KINDS.some((kind) => kind === text);
    const example = isKind ? `${text}=FILE` : 'junit=FILE or json=FILE';
    return `must be written as ${example}; ${showValue(text)} has no "="`;
  }
  const kind = REPORT_KINDS.find((one) => one === name);
  if (kind === undefined) {
    const known = joinWords(REPORT_KINDS);
    return `names the unknown kind ${showValue(name)}; known are ${known}.${didYouMean(name, REPORT_KINDS)}`;
  }
  if (path === '') return `must name a file behind "${kind}="`;
  return { kind, path };
}
