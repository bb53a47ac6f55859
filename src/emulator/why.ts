import {
  type Decision,
  type ExplainedStep,
  explainNote,
  nearestNote,
  struckNotes,
} from '../scenarios/decision.ts';
import type { ExchangeRecord } from './exchange-record.ts';

/** Why an exchange got what it got. */
export interface Why {
  readonly ordinal: number;
  /** What the scenario did to it; null for nothing. */
  readonly fault: string | null;
  /** Null where no scenario was met. */
  readonly scenario: MetScenarioInWords | null;
  /** All of it, for people. */
  readonly text: string;
}

/** A scenario and what it decided about one request. */
export interface MetScenarioInWords {
  readonly name: string;
  readonly seed: string;
  /** The run can be had again from it. */
  readonly token: string;
  /** The number of the request in the run. */
  readonly request: number;
  /** How often the same was asked, this time included. */
  readonly attempt: number;
  /** What its draws hang on, beside the seed and the step. */
  readonly identity: string;
  /** How long the scenario had been in force. */
  readonly elapsedMs: number;
  readonly struck: readonly ExplainedStep[];
  /** The step that came nearest without striking. */
  readonly nearest: ExplainedStep | null;
  /** Those that did not strike either. */
  readonly others: readonly ExplainedStep[];
  /** How many steps are left out here. */
  readonly omitted: number;
}

/** Explains a kept exchange. */
export function explainExchange(record: Pick<ExchangeRecord, 'ordinal' | 'fault' | 'met'>): Why {
  const { ordinal, fault, met } = record;
  if (met === null) {
    const text = `Exchange ${ordinal} met no scenario: none was in force for it.`;
    return { ordinal, fault, scenario: null, text };
  }
  const scenario = inWords(met.decision, met.token);
  return { ordinal, fault, scenario, text: linesOf(ordinal, scenario).join('\n') };
}

function inWords(decision: Decision, token: string): MetScenarioInWords {
  const { scenario: name, seed, ordinal, attempt, identity, elapsedMs, notes, omitted } = decision;
  const struck = struckNotes(decision);
  const nearest = nearestNote(notes);
  const others = notes.filter((note) => note !== nearest && !struck.includes(note));
  return {
    name,
    seed,
    token,
    request: ordinal,
    attempt,
    identity,
    elapsedMs: rounded(elapsedMs),
    struck: struck.map(explainNote),
    nearest: nearest === null ? null : explainNote(nearest),
    others: others.map(explainNote),
    omitted,
  };
}

function linesOf(ordinal: number, met: MetScenarioInWords): readonly string[] {
  const { struck, nearest, others, omitted } = met;
  return [
    `Exchange ${ordinal} met the scenario "${met.name}" as its request ${met.request}, ` +
      `attempt ${met.attempt}, ${met.elapsedMs} ms after it was put in force.`,
    ...(struck.length === 0 ? ['No step struck.'] : struck.flatMap(lineOfStruck)),
    ...(nearest === null ? [] : [`${nearest.step} came nearest, but ${nearest.reason}.`]),
    ...others.map(({ step, reason }) => `${step} did not strike: ${reason}.`),
    ...(omitted === 0 ? [] : [`Left out here: ${omitted} steps.`]),
    `Draws hang on the seed ${JSON.stringify(met.seed)}, the step, and who asks: ${met.identity}.`,
    `The same run again: --replay ${met.token}`,
  ];
}

function lineOfStruck({ step, reason, remarks }: ExplainedStep): readonly string[] {
  return [`${step} struck: ${reason}.`, ...remarks.map((remark) => `  ${remark}.`)];
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
