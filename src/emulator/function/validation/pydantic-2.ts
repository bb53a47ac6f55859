import type { FieldType } from '../../../contract/annotation.ts';
import { isDict, isList, type PyValue } from '../../python/value.ts';
import { checkItems } from './items.ts';
import { type Checked, type Location, type Problem, refused, valid } from './problem.ts';
import { checkBool, checkFloat, checkInt } from './pydantic-2-numbers.ts';
import type { Validator } from './validator.ts';

/**
 * Pydantic 2 in its lax mode, as FastAPI uses it.
 * Source: tests/conformance (families prompt-type, tuned, item), tests/coercion.
 */
export const pydantic2: Validator = {
  check,
  modelDict: (value, loc) =>
    isDict(value)
      ? valid(value)
      : refused({
          type: 'model_attributes_type',
          loc,
          msg: 'Input should be a valid dictionary or object to extract fields from',
          input: value,
        }),
  missing: (loc, input) => ({ type: 'missing', loc, msg: 'Field required', input }),
  invalidJson: ({ msg, pos }) => ({
    type: 'json_invalid',
    loc: ['body', pos],
    msg: 'JSON decode error',
    input: new Map(),
    ctx: new Map([['error', msg]]),
  }),
  render: renderProblem,
};

function renderProblem({ type, loc, msg, input, ctx }: Problem) {
  const members = new Map<string, PyValue>([
    ['type', type],
    ['loc', loc.map((part) => (typeof part === 'number' ? BigInt(part) : part))],
    ['msg', msg],
    ['input', input],
  ]);
  if (ctx !== undefined) members.set('ctx', ctx);
  return members;
}

function check(type: FieldType, value: PyValue, loc: Location): Checked {
  const refuse = (kind: string, msg: string) => refused({ type: kind, loc, msg, input: value });
  switch (type.kind) {
    case 'any':
      return valid(value);
    case 'optional':
      return value === null ? valid(null) : check(type.inner, value, loc);
    case 'str':
      if (typeof value === 'string') return valid(value);
      return refuse('string_type', 'Input should be a valid string');
    case 'int':
      return checkInt(value, refuse);
    case 'float':
      return checkFloat(value, refuse);
    case 'bool':
      return checkBool(value, refuse);
    case 'dict':
      if (isDict(value)) return valid(value);
      return refuse('dict_type', 'Input should be a valid dictionary');
    case 'list':
      if (isList(value)) return checkItems({ items: type.items, values: value }, loc, check);
      return refuse('list_type', 'Input should be a valid list');
    default:
      return type satisfies never;
  }
}
