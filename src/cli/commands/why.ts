import type { CommandSpec } from '../command.ts';
import { WHY_SETTINGS } from '../settings/why-settings.ts';

/** `modal-emulator why N`: what led to an answer of a running emulator. */
export const whyCommand: CommandSpec = {
  name: 'why',
  summary: 'Ask a running emulator why a request got what it got.',
  isDefault: false,
  operand: {
    placeholder: 'N',
    way: 'Give the number of the request, as 7; GET /__admin/requests lists them.',
  },
  details: [
    'Says which steps of the scenario struck, with the draw, its threshold and the seed, and which ' +
      'other step came nearest.',
  ],
  settings: WHY_SETTINGS,
  examples: [
    ['why 7', 'The seventh request to http://127.0.0.1:8000.'],
    ['why 7 --url http://127.0.0.1:9000', 'Another emulator.'],
  ],
  run: async (sources, terminal) => {
    const { runWhy } = await import('../why/run-why.ts');
    return runWhy(sources, terminal);
  },
};
