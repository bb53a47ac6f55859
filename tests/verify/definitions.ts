import type { FunctionInput } from '../../src/emulator/index.ts';
import { TUNED } from '../conformance/cases.ts';

/** Endpoints of many shapes, all of which can keep the contract. */
export const DEFINITIONS: Readonly<Record<string, FunctionInput>> = {
  default: {},
  tuned: { body: { fields: TUNED } },
  dict: { body: 'dict' },
  query: { method: 'GET', query: { prompt: 'str', n: 'int = 1' } },
  question: {
    method: 'GET',
    query: { question: 'str', wanted: 'bool', share: 'float', more: 'Optional[int] = None' },
    handler: { kind: 'answer', key: 'answer' },
  },
  'posted query': { query: { prompt: 'str = "hello"' } },
  'required extras': {
    method: 'PUT',
    body: {
      fields: {
        prompt: 'str',
        text: 'str',
        count: 'int',
        share: 'float',
        wanted: 'bool',
        names: 'list[str]',
        loose: 'list',
        options: 'dict',
        whatever: 'Any',
        maybe: 'Optional[int]',
      },
    },
  },
  'optional prompt': { body: { fields: { prompt: 'Optional[str] = None' } } },
  'any prompt': { body: { fields: { prompt: 'Any' } } },
  'other names': {
    body: { fields: { string: 'int = 1', question: 'str' } },
    promptField: 'question',
    handler: { kind: 'answer', key: 'response' },
  },
  'bare string': { method: 'PATCH', handler: { kind: 'answer', key: null } },
  delete: { method: 'DELETE', body: { fields: { prompt: 'str', n: 'int' } } },
  documented: { docs: true },
};
