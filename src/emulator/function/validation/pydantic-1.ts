import type { FieldType } from '../../../contract/annotation.ts';
import type { NumberOptions } from '../../python/parse-number.ts';
import { isList, type PyValue } from '../../python/value.ts';
import { checkItems } from './items.ts';
import { type Checked, type Location, type Problem, refused, valid } from './problem.ts';
import { dictOf, keywordsOf } from './pydantic-1-dict.ts';
import { toBool, toFloat, toInt, toStr } from './pydantic-1-scalars.ts';
import type { Validator } from './validator.ts';

/**
 * Pydantic 1, which converts what Python's own types can be made of.
 * Source: tests/conformance (stack fastapi-0.92), tests/coercion.
 */
export function createPydantic1(numbers: NumberOptions): Validator {
  return {
    check: createCheck(numbers),
    modelDict: keywordsOf,
    missing: (loc, input) => ({ type: 'value_error.missing', loc, msg: 'field required', input }),
    invalidJson: ({ msg, message, pos, lineno, colno }, text) => ({
      type: 'value_error.jsondecode',
      loc: ['body', pos],
      msg: message,
      input: null,
      ctx: new Map<string, PyValue>([
        ['msg', msg],
        ['doc', text],
        ['pos', BigInt(pos)],
        ['lineno', BigInt(lineno)],
        ['colno', BigInt(colno)],
      ]),
    }),
    render: renderProblem,
  };
}

function renderProblem({ type, loc, msg, ctx }: Problem) {
  const members = new Map<string, PyValue>([
    ['loc', loc.map((part) => (typeof part === 'number' ? BigInt(part) : part))],
    ['msg', msg],
    ['type', type],
  ]);
  if (ctx !== undefined) members.set('ctx', ctx);
  return members;
}

function createCheck(numbers: NumberOptions): Validator['check'] {
  const check = (type: FieldType, value: PyValue, loc: Location): Checked => {
    const refuse = (kind: string, msg: string) => refused({ type: kind, loc, msg, input: value });
    const takesNull = type.kind === 'any' || type.kind === 'optional';
    if (value === null && !takesNull)
      return refuse('type_error.none.not_allowed', 'none is not an allowed value');
    switch (type.kind) {
      case 'any':
        return valid(value);
      case 'optional':
        return value === null ? valid(null) : check(type.inner, value, loc);
      case 'dict':
        return dictOf(value, loc);
      case 'list':
        if (isList(value)) return checkItems({ items: type.items, values: value }, loc, check);
        return refuse('type_error.list', 'value is not a valid list');
      case 'str':
        return toStr(value) ?? refuse('type_error.str', 'str type expected');
      case 'int':
        return (
          toInt(value, numbers) ?? refuse('type_error.integer', 'value is not a valid integer')
        );
      case 'float':
        return toFloat(value, numbers) ?? refuse('type_error.float', 'value is not a valid float');
      case 'bool':
        return toBool(value) ?? refuse('type_error.bool', 'value could not be parsed to a boolean');
      default:
        return type satisfies never;
    }
  };
  return check;
}
