import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, readPage } from './readme/blocks.ts';

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];

const exists = (path: string) => existsSync(new URL(path, ROOT));

/** The prose of a page: its code blocks say what they like. */
function proseOf(path: string): string {
  return readPage(path).replace(/^```[\s\S]*?^```$/gm, '');
}

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

const LINK = /\[[^\]]+\]\(([^)\s]+)\)/g;

/** `src/cli/main.ts` or `docs/decisions/`: a path with a folder of the repository before it. */
const NAMED_PATH =
  /(?<![\w/.-])(?:src|tests|scripts|bench|docs|examples|pacts|\.ci)\/[\w./-]*[\w/]/g;

/** Made by commands, not committed. */
const MADE = /^(?:dist|node_modules)\//;

test('there are pages', () => {
  expect(pages).toContain('README.md');
  expect(pages.filter((path) => path.startsWith('docs/decisions/')).length).toBeGreaterThan(8);
});

describe.each(pages)('%s', (path) => {
  const prose = proseOf(path);

  test('links to what there is', () => {
    const links = Array.from(prose.matchAll(LINK), ([, target = '']) => target);
    const relative = links.filter((target) => !/^[a-z]+:/.test(target));
    const broken = relative.filter((target) => {
      const [file = '', anchor] = target.split('#');
      const linked = file === '' ? path : join(dirname(path), file);
      if (!exists(linked)) return true;
      if (anchor === undefined) return false;
      const headings = Array.from(readPage(linked).matchAll(/^#+ (.+)$/gm), ([, one = '']) => one);
      return !headings.map(anchorOf).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names files that there are', () => {
    const named = prose.match(NAMED_PATH) ?? [];
    expect(named.filter((name) => !MADE.test(name) && !exists(name))).toEqual([]);
  });

  test('begins with its title', () => {
    expect(readPage(path)).toMatch(/^# .+\n/);
  });
});

describe('decisions', () => {
  const names = readdirSync(new URL('docs/decisions/', ROOT)).sort();

  test('are numbered without a gap', () => {
    const numbers = names.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]);
    expect(numbers).toEqual(names.map((_, index) => String(index + 1).padStart(4, '0')));
  });

  test.each(names)('%s says context, decision and consequences', (name) => {
    const headings = readPage(`docs/decisions/${name}`).match(/^#+ .+$/gm) ?? [];
    expect(headings[0]).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. `));
    expect(headings.slice(1)).toEqual(['## Context', '## Decision', '## Consequences']);
  });
});

describe('for the package', () => {
  const { files } = JSON.parse(readPage('package.json'));

  test('what a user has to get is packed', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'THIRD-PARTY.md']));
  });

  test('the parts of others are named where they are', () => {
    const thirdParty = readPage('THIRD-PARTY.md');
    const folder = 'src/emulator/function/docs/';
    const copied = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('-page.ts'));
    expect(copied.length).toBeGreaterThan(0);
    for (const name of copied) expect(thirdParty).toContain(folder + name);
  });
});
