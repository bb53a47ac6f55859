import { codeOf, lineAt, type Rule } from './source.ts';

const CLOCK = 'use the Clock that is handed in (src/scenarios/clock.ts)';
const RANDOM = 'use a fork of the Random that is handed in (src/scenarios/random.ts)';

const BANNED: readonly (readonly [pattern: RegExp, name: string, instead: string])[] = [
  [/\bDate\s*\.\s*now\b/g, 'Date.now', CLOCK],
  [/\bnew\s+Date\b\s*(?:\(\s*\)|(?![\s(]))/g, 'new Date() without a time', CLOCK],
  [/(?<!new\s+)\bDate\s*\(/g, 'Date()', CLOCK],
  [/\bperformance\s*\.\s*\w+/g, 'performance', CLOCK],
  [/\bset(?:Timeout|Interval|Immediate)\b/g, 'a timer', CLOCK],
  [/\bAbortSignal\s*\.\s*timeout\b/g, 'AbortSignal.timeout', CLOCK],
  [/\bMath\s*\.\s*random\b/g, 'Math.random', RANDOM],
  [/\b(?:randomUUID|getRandomValues|randomBytes)\b/g, 'randomness of the machine', RANDOM],
  [
    /(?<!(?<!globalThis)\.\s*)\bprocess\s*\??\.\s*\w/g,
    'process',
    'take the value as an option or a parameter',
  ],
];

const MAY_USE_MACHINE =
  /^src\/(?:scenarios\/clock\.ts$|contract\/client\/signal-after\.ts$|emulator\/node\/|verify\/node\/|cli\/)/;

/** Time, chance and the process come in through the door, so that a test can hold them. */
export const noHiddenInputs: Rule = ({ path, text }) => {
  if (MAY_USE_MACHINE.test(path)) return [];
  const code = codeOf(text);
  return BANNED.flatMap(([pattern, name, instead]) =>
    Array.from(
      code.matchAll(pattern),
      ({ index }) => `${path}:${lineAt(code, index)}: uses ${name}; ${instead}`,
    ),
  );
};

const FORBIDDEN: readonly (readonly [pattern: RegExp, name: string, instead: string])[] = [
  [/^export\s+default\b/gm, 'has a default export', 'export a name, so that it is found by it'],
  [/(?<![.\w])any(?![\w]|\s*[:(])/g, 'uses the type any', 'use unknown, and narrow it'],
  [/^\s*(?:export\s+)?(?:const\s+)?enum\s/gm, 'has an enum', 'use a union of strings'],
  [/@ts-(?:ignore|nocheck)\b/g, 'silences the compiler', 'correct the type'],
];

/** What the style does without. */
export const plainStyle: Rule = ({ path, text }) => {
  const code = codeOf(text);
  return FORBIDDEN.flatMap(([pattern, what, instead]) =>
    // A comment that silences the compiler is a comment, so it is looked for in the whole text.
    Array.from(
      (pattern.source.startsWith('@') ? text : code).matchAll(pattern),
      ({ index }) => `${path}:${lineAt(text, index)}: ${what}; ${instead}`,
    ),
  );
};

const EXPORTED =
  /^export\s+(?:declare\s+)?(?:async\s+)?(?:abstract\s+)?(?:function\*?|class|interface|type|const|let)\s+(\w+)/gm;

/** Every export says in a sentence what it is for. */
export const exportsAreDocumented: Rule = ({ path, text }) =>
  Array.from(text.matchAll(EXPORTED)).flatMap(({ index, 1: name }) =>
    text.slice(0, index).trimEnd().endsWith('*/')
      ? []
      : [
          `${path}:${lineAt(text, index)}: "${name}" has no doc comment; say in a sentence what it is`,
        ],
  );

const LINES_MAX = 250;

/** A file has one thing to say. */
export const filesAreShort: Rule = ({ path, text }) => {
  const lines = text.split('\n').length - 1;
  if (lines <= LINES_MAX) return [];
  return [`${path}: has ${lines} lines, more than ${LINES_MAX}; split it by what it is about`];
};

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.pact|(?:\.live)?\.test)?\.ts$/;

/** One way to write a file's name. */
export const namesAreKebabCase: Rule = ({ path }) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return KEBAB.test(name) ? [] : [`${path}: is not in kebab case; name it like fast-path.ts`];
};

// Put together from parts: the rules must not find themselves.
const MACHINE_PATH = new RegExp(
  `(?<![\\w.~-])/(?:${['work', 'root', 'home', 'Users'].join('|')})/\\w`,
  'g',
);
const TEMPORARY_PATH = new RegExp(`(?<![\\w.~-])/${'tmp'}/\\w`, 'g');
const UNFINISHED = new RegExp(
  `\\b(?:${['TO', 'FIX'].map((start) => `${start}${start === 'TO' ? 'DO' : 'ME'}`).join('|')})\\b`,
  'g',
);

/** Nothing that is committed knows the machine it was written on, or waits to be finished. */
export const leavesNoTraces: Rule = ({ path, text }) => {
  const found = (pattern: RegExp, what: string, instead: string) =>
    Array.from(
      text.matchAll(pattern),
      ({ index }) => `${path}:${lineAt(text, index)}: ${what}; ${instead}`,
    );
  return [
    ...found(MACHINE_PATH, 'names a path of one machine', 'use a path relative to the repository'),
    ...found(TEMPORARY_PATH, 'names a temporary path', 'ask the system with os.tmpdir()'),
    ...found(UNFINISHED, 'is marked as unfinished', 'do it, or write an issue'),
  ];
};
