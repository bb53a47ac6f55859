import { importsOf, packageOf } from './imports.ts';
import type { Rule } from './source.ts';

/** The rooms in the order of their imports: each may use itself and those before it. */
const ROOMS = [
  { name: 'contract', prefix: 'src/contract/' },
  { name: 'scenarios', prefix: 'src/scenarios/' },
  { name: 'emulator', prefix: 'src/emulator/' },
  { name: 'emulator/node', prefix: 'src/emulator/node/' },
  { name: 'verify', prefix: 'src/verify/' },
  { name: 'verify/node', prefix: 'src/verify/node/' },
  { name: 'cli', prefix: 'src/cli/' },
] as const;

function roomIndex(path: string): number {
  return ROOMS.findLastIndex(({ prefix }) => path.startsWith(prefix));
}

/** Imports point left: contract, scenarios, emulator, emulator/node, cli. */
export const importsPointLeft: Rule = (file) => {
  const room = roomIndex(file.path);
  if (room < 0) return [`${file.path}: stands in no room; move it into one of src/*/`];
  return importsOf(file).flatMap(({ target, specifier }) => {
    if (target === null || (roomIndex(target) >= 0 && roomIndex(target) <= room)) return [];
    return [
      `${file.path}: imports "${specifier}", but imports point left (` +
        `${ROOMS.map(({ name }) => name).join(' <- ')}); move the shared part to the left, ` +
        'or hand it in as a parameter',
    ];
  });
};

/** Where each package may be imported, and what everybody else does. */
const PACKAGES: Readonly<Record<string, { readonly where: RegExp; readonly instead: string }>> = {
  zod: {
    where: /^src\/(?:contract|scenarios|emulator|verify|cli)\//,
    instead: 'give the file a place in one of the rooms',
  },
  re2js: {
    where: /^src\/scenarios\/pattern\.ts$/,
    instead: 'use compilePattern of src/scenarios/pattern.ts',
  },
  hono: { where: /^src\/emulator\//, instead: 'call the emulator by its fetch or handle' },
  '@hono/node-server': {
    where: /^src\/emulator\/node\//,
    instead: 'use serve from src/emulator/node',
  },
  '@faker-js/faker': {
    where: /^src\/emulator\/answers\/faker\.ts$/,
    instead: 'draw from the Random in src/scenarios/random.ts',
  },
  fflate: {
    where: /^src\/emulator\/diagnosis\//,
    instead: 'leave compression to the diagnosis',
  },
  '@pact-foundation/pact-core': {
    where: /^src\/verify\/node\//,
    instead: 'leave the engine of Pact to src/verify/node',
  },
  commander: { where: /^src\/cli\//, instead: 'take options as a parameter' },
  yaml: { where: /^src\/cli\//, instead: 'take the parsed value as a parameter' },
};

const NODE_ROOMS = /^src\/(?:emulator\/node|verify\/node|cli)\//;

/** Packages stay where they belong, so that the core runs anywhere and each can be replaced. */
export const packagesStayHome: Rule = (file) =>
  importsOf(file).flatMap(({ target, specifier }) => {
    if (target !== null) return [];
    if (specifier.startsWith('node:')) {
      if (NODE_ROOMS.test(file.path)) return [];
      return [
        `${file.path}: imports "${specifier}", but the core runs anywhere; ` +
          'use a web standard, or move the code to src/emulator/node or src/cli',
      ];
    }
    const known = PACKAGES[packageOf(specifier)];
    if (known?.where.test(file.path) === true) return [];
    const instead = known?.instead ?? 'do without it, or give it a place in tests/house';
    return [`${file.path}: imports "${specifier}", which does not belong here; ${instead}`];
  });

const NONE = /(?!)/;

/** Rooms whose files do not know each other, and what they may share. */
const SEPARATE = [
  {
    prefix: 'src/emulator/answers/',
    shared: /\/(?:source|options|[a-z-]+-schema)\.ts$/,
    gathering: /\/(?:create-answer-source|options)\.ts$/,
  },
  // What two faults share stands outside of the folder; registry.ts and catalog.ts gather them.
  { prefix: 'src/scenarios/faults/', shared: NONE, gathering: NONE },
  { prefix: 'src/scenarios/catalog/', shared: NONE, gathering: NONE },
] as const;

/** One answer source, fault or scenario is one file that can be deleted without touching another. */
export const sourcesAreStrangers: Rule = (file) =>
  SEPARATE.flatMap(({ prefix, shared, gathering }) => {
    if (!file.path.startsWith(prefix) || gathering.test(file.path)) return [];
    return importsOf(file)
      .filter(({ target }) => target?.startsWith(prefix) === true && !shared.test(target))
      .map(
        ({ specifier }) =>
          `${file.path}: imports its sibling "${specifier}"; ` +
          'put what both need outside the folder, or into its source.ts',
      );
  });
