import type { ActiveScenario } from '../../emulator/scenarios.ts';
import type { Samples } from '../samples/samples.ts';
import { PROGRAM } from '../version.ts';

/** What a started server tells. */
export interface Started {
  readonly version: string;
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  readonly seed: string;
  readonly stack: string;
  /** The answer source's name. */
  readonly answer: string;
  /** What goes wrong; null for nothing. */
  readonly scenario: Pick<ActiveScenario, 'name' | 'seed' | 'token'> | null;
  readonly samples: Samples;
  /** Only a token that was made up here; the user knows their own. */
  readonly generatedToken: string | null;
}

/** The text for people. Both samples stand at the margin, so that they work when pasted. */
export function formatBanner(started: Started): string {
  const { samples, scenario, generatedToken } = started;
  const { program, note } = samples.langchain;
  const facts: readonly (readonly [label: string, text: string | undefined])[] = [
    ['URL', started.url],
    ['stack', started.stack],
    ['answer', started.answer],
    ['scenario', scenario?.name],
    ['seed', started.seed],
    ['replay', scenario === null ? undefined : `--replay ${scenario.token}`],
    ['token', generatedToken === null ? undefined : `${generatedToken} (control plane)`],
  ];
  const shown = facts.filter(([, text]) => text !== undefined);
  const width = Math.max(...shown.map(([label]) => label.length)) + 2;
  const lines = [
    `${PROGRAM} ${started.version}`,
    '',
    ...shown.map(([label, text]) => `  ${label.padEnd(width)}${text}`),
    '',
    'Try it:',
    '',
    samples.curl,
    '',
    ...(program === null ? [note] : ['From LangChain (Python):', '', program]),
    '',
    'Press Ctrl-C to stop.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The line for programs, without its line break. */
export function formatReadyLine(started: Started): string {
  const { samples, scenario, generatedToken, version, url, host, port, pid } = started;
  const { seed, stack, answer } = started;
  return JSON.stringify({
    event: 'ready',
    version,
    url,
    host,
    port,
    pid,
    seed,
    stack,
    answer,
    ...(scenario === null ? {} : { scenario: scenario.name, replay: scenario.token }),
    admin: `${url}/__admin`,
    ...(generatedToken === null ? {} : { adminToken: generatedToken }),
    curl: samples.curl,
    langchain: samples.langchain.program,
    ...(samples.langchain.note === null ? {} : { langchainNote: samples.langchain.note }),
  });
}
