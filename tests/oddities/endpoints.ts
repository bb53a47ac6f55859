import type { EmulatorInput, FunctionInput } from '../../src/emulator/index.ts';
import { TUNED } from '../conformance/cases.ts';

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

const STREAMED = [0, 1, 2].map((number) => `data: some data ${number}\n\n`);

/** The endpoint functions that the odd requests were sent to. */
const FUNCTIONS: Readonly<Record<string, FunctionInput>> = {
  hello: {},
  echo: {},
  docs: { docs: true },
  tuned: { body: { fields: TUNED } },
  every: { body: { fields: EVERY } },
  mixed: { body: { fields: { n: 'int = 1', prompt: 'str', stop: 'Optional[str]' } } },
  'all-default': { body: { fields: { prompt: "str = 'x'", n: 'int = 1' } } },
  'no-fields': { body: { fields: {} } },
  item: { body: 'dict' },
  'item-put': { method: 'PUT', body: 'dict' },
  delete: { method: 'DELETE', query: { prompt: 'str' } },
  query: { method: 'GET', query: { prompt: 'str', n: 'int = 1' } },
  'query-every': { method: 'GET', query: QUERY_EVERY },
  'query-none': { method: 'GET', query: {} },
  'echo-query': { method: 'GET', query: { prompt: 'str' } },
  crash: { handler: { kind: 'crash' } },
  refuse: {
    handler: {
      kind: 'http-exception',
      status: 429,
      detail: 'slow down',
      headers: { 'Retry-After': '3' },
    },
  },
  stream: { handler: { kind: 'stream', events: STREAMED } },
};

/** How to emulate one of them; the echoing ones answer the prompt and ` done`. */
export function endpointOptions(endpoint: string): EmulatorInput {
  const definition = FUNCTIONS[endpoint];
  if (definition === undefined) throw new Error(`the data names an unknown endpoint: ${endpoint}`);
  const answer = endpoint.startsWith('echo')
    ? { source: 'echo' as const, completion: ' done' }
    : 'hello';
  return { function: definition, answer };
}
