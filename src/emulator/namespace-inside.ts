import type { AnswerSource } from './answers/source.ts';
import type { ExchangeSummary } from './journal.ts';
import type { NamespaceOptions } from './namespaces.ts';
import type { EmulatorInput } from './options.ts';
import type { ScenarioOption } from './scenario-option.ts';
import type { ScenarioControl } from './scenarios.ts';

/** What of an emulator's surroundings is another thing inside of a namespace. */
interface Shared {
  readonly answers?: AnswerSource;
  readonly onExchange?: (exchange: ExchangeSummary) => void;
}

/** The emulator around a namespace, and how one is created inside of it. */
export interface Outside<Inner, Surroundings> {
  readonly input: EmulatorInput;
  readonly surroundings: Surroundings;
  createWithin(namespace: string, input: EmulatorInput, surroundings: Surroundings): Inner;
}

/**
 * Creates the emulator of a namespace: of the same configuration, with nothing in common of what
 * happens.
 * @throws UsageError for a scenario that is not valid
 */
export function createInside<Inner extends ScenarioControl, Surroundings extends Shared>(
  { name, scenario, seed }: NamespaceOptions<ScenarioOption>,
  { input, surroundings, createWithin }: Outside<Inner, Surroundings>,
): Inner {
  const { namespaces: _none, scenario: configured, ...others } = input;
  const isInherited = scenario === undefined && configured !== undefined;
  const seeded = seed === undefined ? {} : { seed };
  const inner = createWithin(
    name,
    { ...others, ...(isInherited ? { scenario: configured } : {}), ...seeded },
    surroundingsInside(surroundings, name),
  );
  if (scenario !== undefined) inner.activate(scenario, seeded);
  return inner;
}

function surroundingsInside<Given extends Shared>(given: Given, name: string): Given {
  const { answers, onExchange } = given;
  return {
    ...given,
    // A source of one's own is one for all, so none of them starts it over.
    ...(answers === undefined ? {} : { answers: Object.create(answers, NO_RESET) }),
    // Who listens is told targets as they were sent.
    ...(onExchange === undefined
      ? {}
      : {
          onExchange: (exchange: ExchangeSummary) =>
            onExchange({ ...exchange, target: `/t/${name}${exchange.target}` }),
        }),
  };
}

const NO_RESET = { reset: { value: undefined } };
