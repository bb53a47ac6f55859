import type { Setting } from './setting.ts';

/** The settings of `serve` about what goes wrong. */
export const SCENARIO_SETTINGS = [
  {
    flag: 'scenario',
    kind: 'scenario',
    placeholder: 'NAME|FILE',
    path: ['scenario'],
    group: 'Scenario',
    help:
      'What goes wrong: a built-in scenario, or a YAML or JSON file. "modal-emulator scenarios" ' +
      'lists them.',
    defaultText: 'none',
  },
  {
    flag: 'watch',
    kind: 'boolean',
    path: null,
    group: 'Scenario',
    help:
      'Load the scenario file anew when it has changed. One with a mistake is told, and the one ' +
      'before stays in force.',
  },
  {
    flag: 'replay',
    kind: 'text',
    placeholder: 'TOKEN',
    path: null,
    group: 'Scenario',
    help:
      'Have a run again: the scenario and the seed of its token. Where the token names a file, ' +
      'give that with --scenario.',
  },
  {
    flag: 'allow-fault-header',
    kind: 'boolean',
    path: ['allowFaultHeader'],
    group: 'Scenario',
    help: 'Obey the header X-Modal-Emulator-Fault, by which a request asks for its own fault.',
  },
  {
    flag: 'clock',
    kind: 'text',
    placeholder: 'KIND',
    path: ['clock'],
    group: 'Scenario',
    help:
      'What waits go by: real; virtual, moved by POST /__admin/clock/advance; or auto, which ' +
      'moves by itself when all that is left is waiting.',
  },
  {
    flag: 'idempotency',
    kind: 'text',
    placeholder: 'MODE',
    path: ['idempotency'],
    group: 'Scenario',
    help:
      'What an Idempotency-Key does: ignore (as Modal), honour (the same answer, no second ' +
      'charge) or conflict (409).',
  },
] as const satisfies readonly Setting[];
