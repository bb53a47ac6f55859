import { describe, expect, test } from 'vitest';
import { createWorld } from './control-world.ts';

const ordinals = (json: { requests: { ordinal: number }[] }) =>
  json.requests.map((exchange) => exchange.ordinal);

describe('find and count', () => {
  const populate = () => {
    const world = createWorld();
    world.arrive({ target: '/?a=1', prompt: 'who won?', headers: [['User-Agent', 'curl']] });
    world.arrive({ method: 'GET', prompt: null, status: 405, exception: undefined });
    world.arrive({ prompt: 'who won the NFL?', exception: 'UnboundLocalError' });
    world.arrive({ prompt: null, status: null, exception: 'ReadTimeout', headers: [['X-A', 'b']] });
    return world;
  };

  test.each([
    [{}, [1, 2, 3, 4]],
    [{ method: 'GET' }, [2]],
    [{ method: 'get' }, []],
    [{ path: '/' }, [1, 2, 3, 4]],
    [{ target: '/' }, [2, 3, 4]],
    [{ target: '/?a=1' }, [1]],
    [{ status: 200 }, [1, 3]],
    [{ prompt: 'who won' }, []],
    [{ prompt: 'who won?' }, [1]],
    [{ promptContains: 'who won' }, [1, 3]],
    [{ promptContains: '' }, [1, 3]],
    [{ header: { 'user-AGENT': 'curl' } }, [1]],
    [{ header: { 'user-agent': 'Curl' } }, []],
    [{ header: { 'x-a': 'b', 'user-agent': 'curl' } }, []],
    [{ outcome: 'abandoned' }, [4]],
    [{ outcome: 'reply' }, [1, 2, 3]],
    [{ verdict: 'fine' }, [1]],
    [{ verdict: 'fails' }, [3, 4]],
    [{ exception: 'UnboundLocalError' }, [3]],
    [{ verdict: 'fails', outcome: 'reply' }, [3]],
  ])('%j matches %j', async (match, expected) => {
    const { sendJson } = populate();
    const found = await sendJson('POST /__admin/requests/find', { body: { match } });
    expect(found.status).toBe(200);
    expect(ordinals(found.json)).toEqual(expected);
    const counted = await sendJson('POST /__admin/requests/count', { body: { match } });
    expect(counted.json).toEqual({ count: expected.length, exact: true, total: 4, evicted: 0 });
  });

  test('find takes the newest up to a limit, and needs no body', async () => {
    const { sendJson } = populate();
    const found = await sendJson('POST /__admin/requests/find', { body: { limit: 2 } });
    expect(ordinals(found.json)).toEqual([3, 4]);
    expect(found.json.count).toBe(4);
    expect((await sendJson('POST /__admin/requests/find')).json.count).toBe(4);
  });

  test('a count over evicted exchanges says that it may be too low', async () => {
    const { sendJson, arrive } = createWorld({ journalMax: 2 });
    for (let index = 0; index < 5; index += 1) arrive();
    const count = async (match: object) =>
      (await sendJson('POST /__admin/requests/count', { body: { match } })).json;
    expect(await count({})).toEqual({ count: 5, exact: true, total: 5, evicted: 3 });
    const some = await count({ status: 200 });
    expect(some).toMatchObject({ count: 2, exact: false, total: 5, evicted: 3 });
    expect(some.note).toContain('may be too low');
  });

  test.each([
    [{ match: { stauts: 1 } }, 'body "match.stauts": unknown key. Did you mean "status"?'],
    [{ match: { url: '/' } }, 'body "match.url": unknown key. Did you mean "target"?'],
    [{ match: { zzz: 1 } }, 'There are: method, path, target, status, prompt,'],
    [{ mach: {} }, 'body "mach": unknown key. Did you mean "match"?'],
    [{ status: 200 }, 'Put it inside of "match": {"match": {"status": …}}.'],
    [{ match: { status: '200' } }, '"match.status" "200": expected a whole number without quotes'],
    [{ match: { status: 99 } }, '"match.status" "99": must be from 100 to 599'],
    [{ match: { verdict: 'fail' } }, '"match.verdict" "fail": expected one of "fine"|"fails".'],
    [{ match: { verdict: 'fail' } }, 'Did you mean "fails"?'],
    [{ match: { path: 'x' } }, '"match.path" "x": must begin with "/".'],
    [{ match: { header: { a: 1 } } }, '"match.header.a" "1": expected string'],
    [{ match: { prompt: 'x'.repeat(200), status: 'y'.repeat(200) } }, `"${'y'.repeat(80)}…"`],
    [{ match: [] }, '"match" a list: expected object'],
    [[], 'Failed to read the body: expected object'],
  ])('%j is refused: %s', async (body, detail) => {
    const { sendJson } = createWorld();
    const { status, json } = await sendJson('POST /__admin/requests/find', { body });
    expect(status).toBe(400);
    expect(json.detail).toContain(detail);
  });
});
