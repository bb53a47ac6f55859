import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Fault } from '../src/scenarios/fault.ts';
import { askWhy } from './creating-a-fault/ask-why.ts';
import { exportsAreDocumented } from './house/code-rules.ts';
import { type Block, ROOT, readBlocks, readPage } from './readme/blocks.ts';
import { createPrograms } from './readme/programs.ts';

const PAGE = 'docs/creating-a-fault.md';
const blocks = readBlocks(readPage(PAGE));
const programs = createPrograms();
afterAll(() => programs.remove());

/** A file of a fault, and what the page shows of it. */
interface Stage {
  readonly path: string;
  readonly block: Block;
  /** The scenario that the page puts it into; null for a step with the example. */
  readonly scenario: unknown;
  readonly shown: string;
  readonly file: string;
}

const stages = blocks.flatMap((block, index): Stage[] => {
  const path = /^\/\/ (src\/scenarios\/faults\/[\w-]+\.ts)\n/.exec(block.text)?.[1];
  if (block.language !== 'ts' || path === undefined) return [];
  const [next, afterNext] = blocks.slice(index + 1);
  const yaml = next?.language === 'yaml' ? next : null;
  const shown = (yaml === null ? next : afterNext)?.text ?? '';
  const program = block.text.replaceAll("'../", "'../../src/scenarios/");
  const file = programs.write(`stage-${block.line}.ts`, program);
  return [{ path, block, scenario: yaml === null ? null : parse(yaml.text), shown, file }];
});

async function faultOf({ file }: Stage): Promise<Fault> {
  const exported = Object.values(await import(pathToFileURL(file).href));
  expect(exported).toHaveLength(1);
  return exported[0] as Fault; // What is checked of it below fails on anything else.
}

test('the page begins with nothing, and every block is looked at', () => {
  expect(stages.map(({ path }) => path.slice('src/scenarios/faults/'.length))).toEqual([
    'noop.ts',
    ...Array(4).fill('hesitation.ts'),
    'giving-up.ts',
    'boredom.ts',
  ]);
  const [noop] = stages;
  expect(noop?.block.text).toBe(`// ${noop?.path}\n${readPage(noop?.path ?? '')}`);
  const languages = new Set(blocks.map(({ language }) => language));
  expect(languages).toEqual(new Set(['ts', 'yaml', 'text', 'sh']));
});

describe.each(stages)('line $block.line: $path', (stage) => {
  test('is a fault as the others are', async () => {
    const fault = await faultOf(stage);
    expect(stage.path).toBe(`src/scenarios/faults/${fault.kind}.ts`);
    expect(fault.summary).toMatch(/^[A-Z][^\n]*\.$/);
    expect(fault.options.safeParse({ ...fault.example, isNoOption: true }).success).toBe(false);
    const { properties = {} } = z.toJSONSchema(fault.options, { io: 'input' });
    for (const [name, schema] of Object.entries(properties)) {
      expect(schema, name).toHaveProperty('description', expect.stringMatching(/^[^\n]+\.$/));
    }
    expect(exportsAreDocumented({ path: stage.path, text: stage.block.text })).toEqual([]);
  });

  test('does what the page shows', async () => {
    const fault = await faultOf(stage);
    const scenario = stage.scenario ?? {
      steps: [{ fault: { kind: fault.kind, ...fault.example } }],
    };
    const asked = stage.shown.trimEnd().split('\n').length;
    expect(`${(await askWhy(fault, scenario, asked)).join('\n')}\n`).toBe(stage.shown);
  });
});

/** Programs that stand in tests/, with the last fault of the page that they import. */
const tests = blocks.filter(({ text }) => text.includes("from 'vitest'"));

for (const { line, text } of tests) {
  const program = text
    .replaceAll(/'\.\.\/(src\/scenarios\/faults\/[\w-]+\.ts)'/g, (_whole, path: string) => {
      const stage = stages.findLast((one) => one.path === path);
      return `'./stage-${stage?.block.line}.ts'`;
    })
    .replaceAll("'./answered.ts'", "'../../tests/answered.ts'");
  const file = programs.write(`test-${line}.ts`, program);
  describe(`the test of line ${line}`, async () => {
    await import(pathToFileURL(file).href);
  });
}

test('there is one test to copy', () => {
  expect(tests).toHaveLength(1);
});

test('the blocks are correct in strict TypeScript', () => {
  const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
  writeFileSync(join(programs.folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', ROOT));
  // It throws, with the compiler's words, when there is an error.
  const words = execFileSync(process.execPath, [compiler, '-p', programs.folder], {
    encoding: 'utf8',
  });
  expect(words).toBe('');
});

test('the commands name what there is', () => {
  const lines = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trimEnd().split('\n'));
  expect(lines).toHaveLength(4);
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));
  for (const words of lines.map((line) => line.split(' '))) {
    if (words[0] === 'npm') expect(Object.keys(scripts)).toContain(words[2]);
    const files = words.filter((word) => word.startsWith('tests/'));
    expect(files.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  }
});
