import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadScenarioFile } from '../src/cli/scenario/load-scenario.ts';
import { GONE_MS, LOOK_MS, watchFile } from '../src/cli/scenario/watch-file.ts';
import { watchScenario } from '../src/cli/scenario/watch-scenario.ts';
import { UsageError } from '../src/emulator/usage-error.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';

/** A clock that can be moved by so many looks, each one finished. */
function createLooks() {
  const clock = createVirtualClock();
  return {
    clock,
    async look(times = 1) {
      for (let time = 0; time < times; time += 1) {
        await clock.whenSleeping();
        await clock.advance(LOOK_MS);
      }
      await clock.whenSleeping();
    },
  };
}

describe('a watched file', () => {
  /** What is seen at each look; the last one stays. */
  async function watch(seen: readonly (string | null)[], looks = seen.length) {
    const events: string[] = [];
    const stopping = new AbortController();
    const { clock, look } = createLooks();
    let count = 0;
    const watcher = {
      onChange: async () => void events.push(`changed at ${count}`),
      onGone: () => void events.push(`gone at ${count}`),
    };
    const ended = watchFile('x', watcher, {
      clock,
      signal: stopping.signal,
      look: async () => {
        count += 1;
        return seen[Math.min(count, seen.length) - 1] ?? null;
      },
    });
    await look(looks);
    stopping.abort();
    await ended;
    return events;
  }

  test('is read once at the beginning, in case that it changed before', async () => {
    expect(await watch(['a', 'a', 'a', 'a'])).toEqual(['changed at 2']);
  });

  test('is read when it is at rest', async () => {
    const seen = ['a', 'a', 'b', 'c', 'd', 'd', 'd'];
    expect(await watch(seen)).toEqual(['changed at 2', 'changed at 6']);
  });

  test('that is replaced is not gone', async () => {
    const seen = ['a', 'a', null, 'b', 'b'];
    expect(await watch(seen)).toEqual(['changed at 2', 'changed at 5']);
  });

  test('that stays away is told once', async () => {
    const looks = GONE_MS / LOOK_MS;
    const events = await watch(['a', 'a', null], looks * 3);
    expect(events).toEqual(['changed at 2', `gone at ${looks + 2}`]);
  });
});

describe('a watched scenario', () => {
  let folder: string;
  let path: string;
  let stopping: AbortController;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-scenario-watch-'));
    path = join(folder, 'scenario.yaml');
    stopping = new AbortController();
  });
  afterEach(async () => {
    stopping.abort();
    await rm(folder, { recursive: true });
  });

  async function start(text: string) {
    await writeFile(path, text);
    const { clock, look } = createLooks();
    const lines: string[] = [];
    const say = (level: string) => (line: string) => {
      lines.push(`${level} ${line.replaceAll(folder, '')}`);
    };
    const ended = watchScenario({
      path,
      loaded: await loadScenarioFile(path),
      activate({ scenario }) {
        if (scenario.name === 'refused') throw new UsageError('x', 'Failed to activate it.');
        return `activated ${scenario.name}`;
      },
      log: { info: say('info'), error: say('error') },
      clock,
      signal: stopping.signal,
    });
    await look(2);
    return {
      ended,
      /** What is said within a while of the change. */
      async after(change: () => Promise<void>): Promise<readonly string[]> {
        lines.length = 0;
        await change();
        await look(GONE_MS / LOOK_MS + 2);
        return [...lines];
      },
    };
  }

  const STAYS = 'error The scenario that was loaded before stays in force.';
  const HELP =
    'error "modal-emulator faults" lists the faults, "modal-emulator faults KIND" their options.';

  test('is put in force when it has changed', async () => {
    const { after } = await start('name: one\nsteps: []');
    expect(await after(async () => {})).toEqual([]);
    const change = () => writeFile(path, 'name: two\nsteps: []');
    expect(await after(change)).toEqual(['info activated two']);
    expect(await after(async () => {})).toEqual([]);
  });

  test('by a file that takes its place, as editors do', async () => {
    const { after } = await start('name: one\nsteps: []');
    const replace = async () => {
      await writeFile(`${path}~`, 'name: two\nsteps: []');
      await rename(`${path}~`, path);
    };
    expect(await after(replace)).toEqual(['info activated two']);
  });

  test('stays where only comments and blanks have changed', async () => {
    const { after } = await start('name: one\nsteps: []');
    expect(await after(() => writeFile(path, '# hello\nname:  one\nsteps: []\n'))).toEqual([]);
  });

  test('stays while the file has a mistake, which is told once', async () => {
    const { after } = await start('name: one\nsteps: []');
    const mistake = 'name: two\nsteps: [{ fault: hangg }]';
    expect(await after(() => writeFile(path, mistake))).toEqual([
      'error Failed to read scenario file "/scenario.yaml": there is a mistake in it.',
      'error   /scenario.yaml:2:18: steps[0].fault "hangg" is not known here. Did you mean "hang"?',
      HELP,
      STAYS,
    ]);
    expect(await after(() => writeFile(path, mistake))).toEqual([]);
    expect(await after(() => writeFile(path, 'name: one\nsteps: []'))).toEqual([
      'info The scenario file "/scenario.yaml" is in order again.',
    ]);
    expect(await after(() => writeFile(path, mistake))).toHaveLength(4);
    expect(await after(() => writeFile(path, 'name: three\nsteps: []'))).toEqual([
      'info activated three',
    ]);
  });

  test('stays when the file is gone', async () => {
    const { after } = await start('name: one\nsteps: []');
    expect(await after(() => rm(path))).toEqual([
      'error Failed to read scenario file "/scenario.yaml": it is gone.',
      STAYS,
    ]);
    const comeBack = () => writeFile(path, 'name: two\nsteps: []');
    expect(await after(comeBack)).toEqual(['info activated two']);
  });

  test('stays when the new one is refused', async () => {
    const { after } = await start('name: one\nsteps: []');
    const refused = () => writeFile(path, 'name: refused\nsteps: []');
    expect(await after(refused)).toEqual(['error Failed to activate it.', STAYS]);
  });

  test('is left alone in the end', async () => {
    const { ended } = await start('name: one\nsteps: []');
    stopping.abort();
    await ended;
  });
});
