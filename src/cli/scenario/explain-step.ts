import { joinWords } from '../../emulator/explain/show.ts';
import { FAULT_REGISTRY } from '../../scenarios/registry.ts';
import type { Step } from '../../scenarios/scenario.ts';
import type { Turn } from '../../scenarios/step.ts';

/** What a step is for people: whom it strikes, how often, and a line for each thing it does. */
export function explainStep(step: Step): readonly string[] {
  const kinds = new Set(step.turns.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
  const meanings = [...kinds].flatMap((kind) => {
    const fault = FAULT_REGISTRY.find(kind);
    return fault === null ? [] : [`${kind}: ${fault.summary}`];
  });
  return [`${capitalize(whom(step))}: ${does(step)}.`, ...meanings];
}

function whom(step: Step): string {
  const { when, skip, every, toxicity, times, window } = step;
  const wanted = when.map((condition) => condition.wanted);
  const isPlain = wanted.length === 0 && window === null;
  const nth = every === 1 ? [] : [`every ${ordinal(every)}${isPlain ? ' request' : ' of them'}`];
  const base = [
    ...(wanted.length === 0 ? [] : [`requests where ${joinWords(wanted, 'and')}`]),
    ...(window === null ? [] : [describe(window)]),
  ];
  return [
    ...(isPlain && every === 1 ? ['every request'] : base),
    ...nth,
    ...(skip === 0 ? [] : [`after the first ${skip}`]),
    ...(toxicity === 1 ? [] : [`with probability ${toxicity}`]),
    ...(times === Infinity ? [] : [`${times} ${times === 1 ? 'time' : 'times'} at most`]),
  ].join(', ');
}

function describe({ unit, from, to }: NonNullable<Step['window']>): string {
  const shown = (end: number) => (unit === 'time' ? `${end / 1000}s` : String(end));
  const last = to === Infinity ? 'on' : `to ${shown(to)}`;
  return unit === 'time' ? `from ${shown(from)} ${last}` : `requests ${shown(from)} ${last}`;
}

function does({ turns, isRepeating }: Step): string {
  const [first] = turns;
  if (turns.length === 1 && first !== undefined) return kindsOf(first);
  const taken = turns.map(
    (turn) => `${turn.times === 1 ? '' : `${turn.times} times `}${kindsOf(turn)}`,
  );
  const after = isRepeating ? 'and from the beginning' : 'and so on with the last';
  return `in turn ${taken.join(', ')}, ${after}`;
}

function kindsOf({ faults }: Turn): string {
  return faults.length === 0 ? 'nothing' : faults.map(({ kind }) => kind).join(' around ');
}

function ordinal(number: number): string {
  const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return `${number}${suffixes[rule] ?? 'th'}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
