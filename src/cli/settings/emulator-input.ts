import { type EmulatorInput, emulatorOptionsSchema } from '../../emulator/options.ts';
import type { LoadedScenario } from '../scenario/loaded-scenario.ts';
import type { Resolved } from './resolve.ts';

/** What the settings alone do not decide. */
export interface Decided {
  readonly seed: string;
  readonly loaded: LoadedScenario | null;
}

/** The emulator's part of the settings, as `createEmulator` takes it. */
export function emulatorInput({ config, input }: Resolved, { seed, loaded }: Decided) {
  const { scenario: _loaded, ...settings } = config;
  const names = Object.keys(emulatorOptionsSchema.shape);
  const own = Object.entries(settings).filter(([name]) => names.includes(name));
  // The function and the answer are checked into another form than they are written in, and
  // `createEmulator` takes the written one. Sound: the schema has just taken exactly these.
  const written = { function: input.function, answer: input.answer } as EmulatorInput;
  const scenario = loaded === null ? {} : { scenario: { ...loaded.input, seed } };
  return { ...Object.fromEntries(own), ...written, ...scenario, seed } as EmulatorInput;
}
