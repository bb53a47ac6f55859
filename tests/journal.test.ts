import { describe, expect, test } from 'vitest';
import { createJournal, type Exchange } from '../src/emulator/journal.ts';

/** Keeps exchanges as no more than their number. */
interface Kept {
  readonly ordinal: number;
}

const body = { text: '', bytes: 0, clipped: false };
let rendered = 0;

function render({ ordinal }: Kept): Exchange {
  rendered += 1;
  return {
    ordinal,
    startedAt: '1970-01-01T00:00:00.000Z',
    durationMs: 0,
    request: { method: 'POST', target: '/', headers: [], body, prompt: null },
    outcome: { kind: 'abandoned' },
    scenario: null,
    fault: null,
    diagnosis: null,
  };
}

function filled(entriesMax: number, count: number) {
  const journal = createJournal<Kept>(entriesMax, render);
  for (let ordinal = 1; ordinal <= count; ordinal += 1) journal.append({ ordinal });
  return journal;
}

const ordinals = (journal: { list(): readonly Exchange[] }) =>
  journal.list().map(({ ordinal }) => ordinal);

describe('the ring', () => {
  test.each([
    [0, [], 0],
    [2, [1, 2], 0],
    [3, [1, 2, 3], 0],
    [4, [2, 3, 4], 1],
    [6, [4, 5, 6], 3],
    [7, [5, 6, 7], 4],
    [300, [298, 299, 300], 297],
  ])('after %d exchanges keeps %j', (count, kept, evicted) => {
    const journal = filled(3, count);
    expect(ordinals(journal)).toEqual(kept);
    expect(journal.total).toBe(count);
    expect(journal.evicted).toBe(evicted);
    expect(journal.entriesMax).toBe(3);
  });

  test('finds what it keeps by ordinal', () => {
    const journal = filled(3, 5);
    expect(journal.get(2)).toBeUndefined();
    expect(journal.get(3)?.ordinal).toBe(3);
    expect(journal.get(5)?.ordinal).toBe(5);
    expect(journal.get(6)).toBeUndefined();
  });

  test('of no places counts, and keeps nothing', () => {
    const journal = filled(0, 4);
    expect(ordinals(journal)).toEqual([]);
    expect([journal.total, journal.evicted]).toEqual([4, 4]);
    expect(journal.get(4)).toBeUndefined();
  });

  test('of one place keeps the last', () => {
    expect(ordinals(filled(1, 9))).toEqual([9]);
  });

  test('a list that was handed out stays as it was', () => {
    const journal = filled(2, 2);
    const before = journal.list();
    journal.append({ ordinal: 3 });
    expect(before.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });
});

describe('clear', () => {
  test.each([2, 5])('empties a journal of %d exchanges, and it goes on', (count) => {
    const journal = filled(3, count);
    journal.clear();
    expect(ordinals(journal)).toEqual([]);
    expect([journal.total, journal.evicted]).toEqual([0, 0]);
    for (const ordinal of [7, 8, 9, 10]) journal.append({ ordinal });
    expect(ordinals(journal)).toEqual([8, 9, 10]);
    expect([journal.total, journal.evicted]).toEqual([4, 1]);
  });
});

describe('listeners', () => {
  test('hear of every exchange, kept or not, until they stop', () => {
    const journal = createJournal<Kept>(0, render);
    const heard: string[] = [];
    const stopFirst = journal.subscribe(({ ordinal }) => heard.push(`first ${ordinal}`));
    const stopSecond = journal.subscribe(({ ordinal }) => heard.push(`second ${ordinal}`));
    journal.append({ ordinal: 1 });
    stopFirst();
    journal.append({ ordinal: 2 });
    stopSecond();
    stopSecond();
    journal.append({ ordinal: 3 });
    expect(heard).toEqual(['first 1', 'second 1', 'second 2']);
  });

  test('are still there after a clear', () => {
    const journal = filled(2, 2);
    const heard: number[] = [];
    journal.subscribe(({ ordinal }) => heard.push(ordinal));
    journal.clear();
    journal.append({ ordinal: 3 });
    expect(heard).toEqual([3]);
  });

  test('may stop while they are called', () => {
    const journal = filled(2, 0);
    const heard: number[] = [];
    const stop = journal.subscribe(({ ordinal }) => {
      heard.push(ordinal);
      stop();
    });
    journal.append({ ordinal: 1 });
    journal.append({ ordinal: 2 });
    expect(heard).toEqual([1]);
  });

  test('cost nothing when there are none: nothing is made readable', () => {
    rendered = 0;
    filled(3, 50);
    expect(rendered).toBe(0);
  });
});
