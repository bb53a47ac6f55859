import { type EmulatorInput, emulatorOptionsSchema } from '../../emulator/options.ts';
import type { Resolved } from './resolve.ts';

/** The emulator's part of the settings, as `createEmulator` takes it. */
export function emulatorInput({ config, input, origins }: Resolved, generateSeed: () => string) {
  const seed = origins.seed === 'default' ? generateSeed() : config.seed;
  const names = Object.keys(emulatorOptionsSchema.shape);
  const own = Object.entries(config).filter(([name]) => names.includes(name));
  // The function and the answer are checked into another form than they are written in, and
  // `createEmulator` takes the written one. Sound: the schema has just taken exactly these.
  const written = { function: input.function, answer: input.answer } as EmulatorInput;
  return { ...Object.fromEntries(own), ...written, seed } as EmulatorInput;
}
