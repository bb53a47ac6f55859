import { clip, escapeControls, joinWords } from '../../emulator/explain/show.ts';
import type { CheckResult } from '../report.ts';
import type { CoveredCase, PactCase } from './pact.ts';
import { PACT_PROBLEMS, type PactProblemCode } from './pact-problems.ts';

const NAME_MAX_CHARS = 200;

/** A problem that was met with an interaction, a file, or all of them. */
export interface PactProblem {
  readonly code: PactProblemCode;
  /** What was seen, as sentences. */
  readonly reason: string;
  /** What to do, where more is known than the table says. */
  readonly hint?: string;
  /** Where it is another one than the table says. */
  readonly status?: CheckResult['status'];
  readonly consequence?: string;
}

/** What a result is about. */
export interface PactSubject {
  readonly id: string;
  readonly title: string;
}

/** An interaction as results name it. */
export function subjectOf(one: PactCase): PactSubject {
  return subjectWith(one, '');
}

/** The same, with what has been sent for it where that is the request of another one. */
export function coveredSubjectOf(one: CoveredCase): PactSubject {
  const { interaction, by } = one;
  if (by.interaction === interaction) return subjectOf(one);
  return subjectWith(one, `, by the same request as ${plain(by.pact.consumer)}: ${nameOf(by)}`);
}

function subjectWith(one: PactCase, sent: string): PactSubject {
  const name = nameOf(one);
  const consumer = plain(one.pact.consumer);
  const mark = one.interaction.isPending ? ' (pending)' : '';
  return {
    id: `pact: ${consumer}: ${name}`,
    title: `The endpoint does what ${consumer} recorded: ${name}${mark}${sent}.`,
  };
}

function nameOf({ interaction: { description, states } }: PactCase): string {
  const given = states.length === 0 ? '' : `, given ${joinWords(states.map(plain), 'and')}`;
  return `${plain(description)}${given}`;
}

/** A file or folder as results name it. */
export function fileSubject(path: string): PactSubject {
  const name = plain(path);
  return { id: `pact: ${name}`, title: `The pact ${name} can be read.` };
}

/** Pact's engine as results name it. */
export const ENGINE_SUBJECT: PactSubject = {
  id: 'pact: engine',
  title: 'The endpoint keeps its pacts.',
};

/** The result of a subject without a problem, or with one. */
export function pactResult(
  { id, title }: PactSubject,
  problem: PactProblem | null,
  curl: string | null = null,
): CheckResult {
  const common = { id, group: 'pact', title, curl, durationMs: null } as const;
  if (problem === null) {
    const none = { problem: null, reason: null, consequence: null, hint: null };
    return { ...common, status: 'passed', ...none };
  }
  const info = PACT_PROBLEMS[problem.code];
  return {
    ...common,
    status: problem.status ?? info.status,
    problem: problem.code,
    reason: problem.reason,
    consequence: problem.consequence ?? info.consequence,
    hint: problem.hint ?? info.hint,
  };
}

/** Names come from files: short, and on one line. */
function plain(text: string): string {
  return escapeControls(clip(text, NAME_MAX_CHARS));
}
