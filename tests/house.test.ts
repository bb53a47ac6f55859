import { describe, expect, test } from 'vitest';
import {
  exportsAreDocumented,
  filesAreShort,
  leavesNoTraces,
  namesAreKebabCase,
  noHiddenInputs,
  plainStyle,
} from './house/code-rules.ts';
import { findCycle } from './house/imports.ts';
import { importsPointLeft, packagesStayHome, sourcesAreStrangers } from './house/room-rules.ts';
import { type Rule, readFiles, type SourceFile } from './house/source.ts';

const isCode = (path: string) => path.endsWith('.ts');
const src = readFiles('src/', isCode);
const allCode = [
  ...src,
  ...['tests/', 'bench/', 'scripts/'].flatMap((at) => readFiles(at, isCode)),
];
const everything = readFiles('', (path) => path !== 'package-lock.json');

/** Each rule with the files that it is for. The rules themselves are proved in house-rules.test.ts. */
const RULES: readonly (readonly [name: string, rule: Rule, files: readonly SourceFile[]])[] = [
  ['imports point left', importsPointLeft, src],
  ['packages stay where they belong', packagesStayHome, src],
  ['answer sources, faults and scenarios do not know each other', sourcesAreStrangers, src],
  ['time, chance and the process come in through the door', noHiddenInputs, src],
  ['no default exports, no any, no enums', plainStyle, src],
  ['every export has a doc comment', exportsAreDocumented, src],
  ['files are short', filesAreShort, src],
  ['names are in kebab case', namesAreKebabCase, allCode],
  ['no machine paths, nothing unfinished', leavesNoTraces, everything],
];

describe('the house', () => {
  test('is read at all', () => {
    const paths = everything.map(({ path }) => path);
    expect(paths).toContain('src/emulator/emulator.ts');
    expect(paths).toContain('tests/house.test.ts');
    expect(src.length).toBeGreaterThan(100);
  });

  test.each(RULES)('%s', (_name, rule, files) => {
    expect(files.flatMap((file) => rule(file))).toEqual([]);
  });

  test('no module needs itself', () => {
    expect(findCycle(src)).toBeNull();
  });
});
