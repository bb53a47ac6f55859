import { TUNED } from '../../conformance/cases.ts';
import type { LiveDefinition } from '../live-endpoint.ts';

const EVERY = {
  prompt: 'str',
  i: 'int',
  f: 'float',
  b: 'bool',
  l: 'list',
  ls: 'list[str]',
  li: 'list[int]',
  d: 'dict',
  a: 'Any',
  os: 'Optional[str] = None',
  oi: 'Optional[int]',
};

const LISTS = {
  lo: 'list[Optional[str]] = []',
  ll: 'list[list[float]] = []',
  lb: 'Optional[list[bool]] = None',
  ld: 'list[dict] = []',
  la: 'list[Any] = []',
  od: 'Optional[dict] = None',
  ol: 'Optional[list] = None',
  of: 'Optional[float] = 0.5',
  ob: 'Optional[bool] = True',
};

const QUERY_EVERY = {
  prompt: 'str',
  i: 'int',
  f: 'float = 1.5',
  b: 'bool = False',
  os: 'Optional[str] = None',
  oi: 'Optional[int] = None',
  ob: 'Optional[bool] = None',
  of: 'Optional[float] = None',
};

const echo = { source: 'echo', completion: ' done' } as const;

/** The functions that both sides serve. What FastAPI makes of a request depends on no others. */
export const DEFINITIONS = {
  hello: {},
  tuned: { function: { body: { fields: TUNED } } },
  every: { function: { body: { fields: EVERY } }, reflects: true },
  lists: { function: { body: { fields: LISTS } }, reflects: true },
  mixed: { function: { body: { fields: { n: 'int = 1', prompt: 'str', stop: 'Optional[str]' } } } },
  'all-default': { function: { body: { fields: { prompt: "str = 'x'", n: 'int = 1' } } } },
  'no-fields': { function: { body: { fields: {} } } },
  item: { function: { body: 'dict' }, reflects: true },
  'item-put': { function: { method: 'PUT', body: 'dict' } },
  query: { function: { method: 'GET', query: { prompt: 'str', n: 'int = 1' } } },
  'query-every': { function: { method: 'GET', query: QUERY_EVERY }, reflects: true },
  'query-none': { function: { method: 'GET', query: {} } },
  delete: { function: { method: 'DELETE', query: { prompt: 'str' } } },
  echo: { answer: echo },
  'echo-item': { function: { body: 'dict' }, answer: echo },
  'echo-query': { function: { method: 'GET', query: { prompt: 'str' } }, answer: echo },
  bare: { function: { handler: { kind: 'answer', key: null } }, answer: echo },
  docs: { function: { docs: true } },
  'docs-every': { function: { docs: true, body: { fields: { ...EVERY, ...LISTS } } } },
  'docs-item': { function: { name: 'two_words', method: 'PATCH', docs: true, body: 'dict' } },
  'docs-query': { function: { method: 'GET', docs: true, query: QUERY_EVERY } },
  stream: { function: { handler: { kind: 'stream', events: ['data: é\n\n', 'data: two\n\n'] } } },
  refuse: {
    function: {
      handler: {
        kind: 'http-exception',
        status: 429,
        detail: { why: ['slow down', 'é'] },
        headers: { 'Retry-After': '3' },
      },
    },
  },
  'refuse-bare': { function: { handler: { kind: 'http-exception', status: 403 } } },
  crash: { function: { handler: { kind: 'crash', exception: "KeyError('prompt')" } } },
} as const satisfies Record<string, LiveDefinition>;

/** The name of one of them. */
export type DefinitionName = keyof typeof DEFINITIONS;

/** All names. */
export const DEFINITION_NAMES = Object.keys(DEFINITIONS) as readonly DefinitionName[];
