import { describe, expect, test } from 'vitest';
import {
  exportsAreDocumented,
  filesAreShort,
  leavesNoTraces,
  namesAreKebabCase,
  noHiddenInputs,
  plainStyle,
} from './house/code-rules.ts';
import { findCycle, importsOf } from './house/imports.ts';
import { importsPointLeft, packagesStayHome, sourcesAreStrangers } from './house/room-rules.ts';
import { codeOf, type Rule, readFiles } from './house/source.ts';

const CORE = 'src/emulator/journal.ts';

/** What each rule must find, and what its message must name. */
const BAD: readonly (readonly [rule: Rule, path: string, text: string, message: RegExp])[] = [
  [importsPointLeft, 'src/contract/a.ts', "import { b } from '../emulator/b.ts';", /point left/],
  [importsPointLeft, 'src/contract/a.ts', "import { b } from '../scenarios/b.ts';", /point left/],
  [importsPointLeft, 'src/scenarios/a.ts', "export * from '../emulator/b.ts';", /point left/],
  [importsPointLeft, CORE, "import { b } from './node/serve.ts';", /hand it in/],
  [importsPointLeft, CORE, "import type { B } from '../cli/b.ts';", /\.\.\/cli\/b\.ts/],
  [importsPointLeft, 'src/emulator/node/a.ts', "import {\n  b,\n} from '../../cli/b.ts';", /left/],
  [importsPointLeft, 'src/cli/a.ts', "import { b } from '../../tests/b.ts';", /point left/],
  [importsPointLeft, 'src/loose.ts', '', /in no room/],
  [packagesStayHome, 'src/contract/a.ts', "import { Hono } from 'hono';", /fetch or handle/],
  [packagesStayHome, 'src/scenarios/a.ts', "import { RE2JS } from 're2js';", /compilePattern/],
  [packagesStayHome, CORE, "import net from 'node:net';", /web standard/],
  [packagesStayHome, CORE, "const net = await import('node:net');", /node:net/],
  [packagesStayHome, CORE, "import { x } from '@hono/node-server/y';", /use serve/],
  [packagesStayHome, 'src/cli/a.ts', "import { cors } from 'hono/cors';", /hono\/cors/],
  [packagesStayHome, CORE, "import { parse } from 'yaml';", /parsed value/],
  [packagesStayHome, CORE, "import { Command } from 'commander';", /as a parameter/],
  [packagesStayHome, CORE, "import '@faker-js/faker/locale/en';", /Random/],
  [packagesStayHome, 'src/cli/a.ts', "import _ from 'lodash';", /do without it/],
  [
    sourcesAreStrangers,
    'src/emulator/answers/a.ts',
    "import { e } from './echo.ts';",
    /source\.ts/,
  ],
  [
    sourcesAreStrangers,
    'src/scenarios/faults/a.ts',
    "import { b } from './b.ts';",
    /outside the folder/,
  ],
  [noHiddenInputs, CORE, 'const t = Date.now();', /journal\.ts:1: uses Date\.now; use the Clock/],
  [noHiddenInputs, CORE, '\nconst t = new Date();', /:2: uses new Date\(\) .* Clock/],
  [noHiddenInputs, CORE, 'const t = new Date;', /Clock/],
  [noHiddenInputs, CORE, 'const t = Date();', /Clock/],
  [noHiddenInputs, CORE, 'performance.now()', /Clock/],
  [noHiddenInputs, CORE, 'globalThis.setTimeout(f, 1)', /Clock/],
  [noHiddenInputs, CORE, 'setInterval(f, 1)', /Clock/],
  [noHiddenInputs, CORE, 'setImmediate(f)', /Clock/],
  [noHiddenInputs, CORE, 'AbortSignal.timeout(5)', /Clock/],
  [noHiddenInputs, CORE, `const text = \`\${Math.random()}\`;`, /Random/],
  [noHiddenInputs, CORE, 'crypto.randomUUID()', /Random/],
  [noHiddenInputs, CORE, 'process.env.HOME', /as an option/],
  [noHiddenInputs, CORE, 'globalThis.process?.env', /as an option/],
  [plainStyle, CORE, 'export default 1;', /default export; export a name/],
  [plainStyle, CORE, 'const a = b as any;', /use unknown/],
  [plainStyle, CORE, 'function f(a: any[]): void {}', /use unknown/],
  [plainStyle, CORE, 'export const enum A { B }', /union of strings/],
  [plainStyle, CORE, '// @ts-ignore\nf();', /correct the type/],
  [exportsAreDocumented, CORE, 'export function f() {}', /"f" has no doc/],
  [exportsAreDocumented, CORE, '// said\nexport interface A {}', /"A" has no doc/],
  [exportsAreDocumented, CORE, '/** b */\nexport type B = 1;\nexport type C = 1;', /:3: "C"/],
  [exportsAreDocumented, CORE, 'export async function* g() {}', /"g"/],
  [exportsAreDocumented, CORE, 'export const c = 1;', /say in a sentence/],
  [filesAreShort, CORE, '\n'.repeat(251), /251 lines/],
  [namesAreKebabCase, 'src/emulator/fastPath.ts', '', /kebab/],
  [namesAreKebabCase, 'src/emulator/Fast.ts', '', /fast-path\.ts/],
  // Written in parts, so that this file itself is clean.
  [leavesNoTraces, 'README.md', ['cd ', 'work', 'main'].join('/'), /one machine/],
  [leavesNoTraces, 'README.md', ['see ', 'home', 'me'].join('/'), /relative/],
  [leavesNoTraces, 'tests/a.ts', ['open(', 'tmp', 'x'].join('/'), /tmpdir/],
  [leavesNoTraces, CORE, `// ${'TO'}${'DO'}: later`, /write an issue/],
];

/** What looks like it, and is fine. */
const GOOD: readonly (readonly [rule: Rule, path: string, text: string])[] = [
  [importsPointLeft, 'src/cli/a.ts', "import { serve } from '../emulator/node/index.ts';"],
  [importsPointLeft, CORE, "import type { Clock } from '../scenarios/clock.ts';"],
  [packagesStayHome, 'src/emulator/node/a.ts', "import { createServer } from 'node:http';"],
  [packagesStayHome, 'src/emulator/answers/faker.ts', "import { F } from '@faker-js/faker';"],
  [sourcesAreStrangers, 'src/emulator/answers/a.ts', "import { S } from './source.ts';"],
  [sourcesAreStrangers, 'src/emulator/answers/a.ts', "import { S } from './a-schema.ts';"],
  [sourcesAreStrangers, 'src/scenarios/faults/a.ts', "import { d } from '../fault.ts';"],
  [packagesStayHome, 'src/scenarios/a.ts', "import { z } from 'zod';"],
  [noHiddenInputs, CORE, '// Date.now()\nconst a = "setTimeout";\nnew Date(startedMs);'],
  [noHiddenInputs, CORE, `const a = \`Math.random() \${b} process.env\`; /* new Date() */`],
  [noHiddenInputs, CORE, 'const a = /Date.now/g; new Intl.DateTimeFormat();'],
  [noHiddenInputs, 'src/scenarios/clock.ts', 'setTimeout(f, 1); Date.now();'],
  [noHiddenInputs, CORE, 'exchange.process.start();'],
  [noHiddenInputs, 'src/cli/main.ts', 'process.exitCode = 2;'],
  [plainStyle, CORE, "const kind = 'any'; const s = AbortSignal.any([a]); // any"],
  [plainStyle, CORE, "z.enum(['a']);"],
  [exportsAreDocumented, CORE, "/** One. */\nexport const a = 1;\nexport { b } from './b.ts';"],
  [filesAreShort, CORE, '\n'.repeat(250)],
  [namesAreKebabCase, 'tests/fast-path.test.ts', ''],
  [leavesNoTraces, 'README.md', 'https://example.com/home/x docs/work/x ./tmp/x'],
];

describe('each rule', () => {
  test.each(BAD)('%o finds a fault in %s: %j', (rule, path, text, message) => {
    const found = rule({ path, text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
    expect(found[0]).toContain(path);
  });

  test.each(GOOD)('%o is content with %s: %j', (rule, path, text) => {
    expect(rule({ path, text })).toEqual([]);
  });
});

describe('the circle finder', () => {
  const file = (name: string, ...targets: string[]) => ({
    path: `src/${name}.ts`,
    text: targets.map((target) => `import type { X } from './${target}.ts';\n`).join(''),
  });

  test('names the modules of the circle', () => {
    const files = [file('a', 'b', 'c'), file('b'), file('c', 'd'), file('d', 'e'), file('e', 'c')];
    expect(findCycle(files)).toEqual(['src/c.ts', 'src/d.ts', 'src/e.ts', 'src/c.ts']);
    expect(findCycle([file('a', 'a')])).toEqual(['src/a.ts', 'src/a.ts']);
  });

  test('is content with two ways to one module', () => {
    expect(findCycle([file('a', 'b', 'c'), file('b', 'd'), file('c', 'd'), file('d')])).toBeNull();
  });
});

describe('the scanner', () => {
  const src = readFiles('src/', (path) => path.endsWith('.ts'));

  test('sees every relative import of the sources', () => {
    const paths = new Set(src.map(({ path }) => path));
    const targets = src.flatMap((file) => importsOf(file).flatMap(({ target }) => target ?? []));
    expect(targets.length).toBeGreaterThan(300);
    expect(targets.filter((target) => !paths.has(target))).toEqual([]);
    // Every `from './…'` in the text was understood.
    const written = src.flatMap(({ text }) => text.match(/from '\.[^']*'/g) ?? []);
    expect(targets.length).toBeGreaterThanOrEqual(written.length);
  });

  test.each(src)('keeps the brackets of $path in pairs', ({ text }) => {
    const code = codeOf(text);
    expect(code.length).toBe(text.length);
    const open: string[] = [];
    for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
      if ('([{'.includes(bracket)) open.push(bracket);
      else expect(`${open.pop()}${bracket}`).toMatch(/^(?:\(\)|\[\]|\{\})$/);
    }
    expect(open).toEqual([]);
  });
});
