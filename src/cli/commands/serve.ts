import type { CommandSpec } from '../command.ts';
import { SERVE_SETTINGS } from '../settings/serve-settings.ts';

/** `modal-emulator serve`: the emulator on a socket. */
export const serveCommand: CommandSpec = {
  name: 'serve',
  summary: 'Serve the endpoint on a local port.',
  isDefault: true,
  settings: SERVE_SETTINGS,
  examples: [
    ['', 'The dummy of LangChain\'s page: {"prompt": "hello world"}.'],
    ['--answer echo', "Answers that LangChain's Modal class accepts."],
    ['--port 0 --json', 'A free port, told in one line of JSON.'],
    ['--config emulator.yaml', 'Settings from a file.'],
  ],
  // Loaded when it runs: the help, and other commands, need neither server nor emulator.
  run: async (sources, terminal) => {
    const { runServe } = await import('../serve/run-serve.ts');
    return runServe(sources, terminal);
  },
};
