import type { CommandSpec } from '../command.ts';
import { EXIT_VERIFY_INTERNAL } from '../exit-codes.ts';
import { VERIFY_SETTINGS } from '../settings/verify-settings.ts';

/** `modal-emulator verify URL`: any endpoint held to the contract. */
export const verifyCommand: CommandSpec = {
  name: 'verify',
  summary: 'Check an endpoint by its URL.',
  isDefault: false,
  operand: {
    placeholder: 'URL',
    way: 'Name the endpoint, as https://workspace--app-function.modal.run/.',
  },
  internalExitCode: EXIT_VERIFY_INTERNAL,
  details: [
    'Sends a few requests and says whether the answers keep the contract: their shape, the echo ' +
      "that LangChain's Modal class needs, the refusals. Every check has a name, a reason and a " +
      'curl line that repeats it. Pacts are verified as well, where there are any.',
    'It ends with 0 when all was kept, 1 when a check failed, 2 for a mistake in flags or files, ' +
      '3 when nothing could be judged (not reached, not deployed), 70 for an error of its own.',
  ],
  settings: VERIFY_SETTINGS,
  examples: [
    ['verify http://127.0.0.1:8000/', 'The emulator, or any endpoint on this machine.'],
    ['verify URL --report junit=verify.xml', 'A report for CI.'],
    ['verify URL --no-pact --max-requests 5', 'A few requests, no pacts.'],
    ['verify URL --config emulator.yaml', 'An endpoint of another shape.'],
  ],
  // Loaded when it runs: the server needs none of it.
  run: async (sources, terminal) => {
    const { runVerify } = await import('../verify/run-verify.ts');
    return runVerify(sources, terminal);
  },
};
