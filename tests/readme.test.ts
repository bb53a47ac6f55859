import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, readBlocks, readPage } from './readme/blocks.ts';
import { createPrograms } from './readme/programs.ts';
import { createPageRunner, type PageRunner } from './readme/run-page.ts';

/** Pages whose every code block is run. */
const PAGES = [
  'README.md',
  'docs/client.md',
  'docs/configuration.md',
  'docs/contract.md',
  'docs/control-plane.md',
  'docs/endpoints.md',
  'docs/in-tests.md',
  'docs/money.md',
  'docs/scenarios.md',
  'docs/verify.md',
];

/** Without curl there is nothing to paste the lines into; in CI there is no such excuse. */
const canPaste = process.env.CI === 'true' || spawnSync('curl', ['--version']).status === 0;

const programs = createPrograms();
afterAll(() => programs.remove());

for (const path of PAGES) {
  const blocks = readBlocks(readPage(path));

  describe(path, () => {
    test('has code blocks', () => {
      expect(blocks.length).toBeGreaterThan(1);
    });

    describe.runIf(canPaste)('its blocks, one after the other', () => {
      let runner: PageRunner;
      beforeAll(async () => {
        runner = await createPageRunner(programs);
      });
      afterAll(() => runner.end());

      for (const block of blocks) {
        test(`line ${block.line}: ${block.language}`, () => runner.runBlock(block));
      }
    });

    for (const { line, language, text } of blocks) {
      if (language !== 'ts' || !text.includes("from 'vitest'")) continue;
      const name = `${path.replaceAll(/\W/g, '-')}-line-${line}.ts`;
      const file = programs.write(name, text);
      // Imported while tests are collected, so that the block's own tests become tests here.
      describe(`the tests of line ${line}`, async () => {
        await import(pathToFileURL(file).href);
      });
    }
  });
}

test('the TypeScript blocks are correct in strict TypeScript', () => {
  for (const path of PAGES) {
    for (const { line, language, text } of readBlocks(readPage(path))) {
      if (language === 'ts') programs.write(`${path.replaceAll(/\W/g, '-')}-line-${line}.ts`, text);
    }
  }
  const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
  writeFileSync(join(programs.folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
  // It throws, with the compiler's words, when there is an error.
  const words = execFileSync(process.execPath, [compiler, '-p', programs.folder], {
    encoding: 'utf8',
  });
  expect(words).toBe('');
});
