import type { Field } from '../../contract/annotation.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import type { Reply } from '../../scenarios/outcome.ts';
import { type Call, queryOf } from '../call.ts';
import { JsonWriteError, writeJson } from '../python/json-write.ts';
import { isDict, type PyDict, type PyValue } from '../python/value.ts';
import { readBody } from './body.ts';
import { toPyValue } from './defaults.ts';
import { parseQuery } from './query.ts';
import { INTERNAL_SERVER_ERROR, jsonReply } from './replies.ts';
import type { Stack } from './stacks.ts';
import { type Location, type Problem, UnhandledError } from './validation/problem.ts';
import { createPydantic1 } from './validation/pydantic-1.ts';
import { pydantic2 } from './validation/pydantic-2.ts';
import type { Validator } from './validation/validator.ts';

/** The function's arguments, or the answer that refuses the request. */
export type Arguments =
  | { readonly kind: 'valid'; readonly values: PyDict }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** Reads and checks a request as the stack's FastAPI would, exactly. */
export function createParameterReader(
  definition: FunctionDefinition,
  stack: Stack,
): (call: Call) => Arguments {
  const { parameters } = definition;
  const { noneIsDefault, unicodeVersion, validation } = stack.traits;
  const validator = validation === 'pydantic-1' ? createPydantic1({ unicodeVersion }) : pydantic2;
  const rules = { validator, noneIsDefault };

  const read = (call: Call): PyDict | readonly Problem[] | Reply => {
    if (parameters.kind === 'query') {
      const given = parseQuery(queryOf(call));
      return checkFields(parameters.fields, { given, loc: ['query'], input: null, ...rules });
    }
    const body = readBody(call, stack, validator);
    if (body.kind === 'reply') return body.reply;
    if (body.kind === 'problem') return [body.problem];
    const loc: Location = ['body'];
    if (body.value === null) return [validator.missing(loc, null)];
    const checked =
      parameters.kind === 'dict'
        ? validator.check({ kind: 'dict' }, body.value, loc)
        : validator.modelDict(body.value, loc);
    if (!checked.ok) return checked.problems;
    const given: PyDict = isDict(checked.value) ? checked.value : new Map();
    if (parameters.kind === 'dict') return given;
    return checkFields(parameters.fields, { given, loc, input: checked.value, ...rules });
  };

  return (call) => {
    try {
      const result = read(call);
      if ('status' in result) return { kind: 'refused', reply: result };
      if ('get' in result) return { kind: 'valid', values: result };
      return { kind: 'refused', reply: problemsReply(result, validator, stack) };
    } catch (error) {
      if (!(error instanceof UnhandledError)) throw error;
      return { kind: 'refused', reply: INTERNAL_SERVER_ERROR };
    }
  };
}

interface Given {
  readonly given: PyDict;
  readonly loc: Location;
  /** What Pydantic shows as the input of a missing field. */
  readonly input: PyValue;
  readonly validator: Validator;
  readonly noneIsDefault: boolean;
}

function takesNone({ type }: Field): boolean {
  return type.kind === 'optional' || type.kind === 'any';
}

/** Checks all fields in order; the values, or all that is wrong with them. */
function checkFields(fields: readonly Field[], request: Given): PyDict | readonly Problem[] {
  const { given, loc, input, validator, noneIsDefault } = request;
  const values = new Map<string, PyValue>();
  const problems: Problem[] = [];
  for (const field of fields) {
    const value = given.get(field.name);
    const place = [...loc, field.name];
    if (value !== undefined) {
      const checked = validator.check(field.type, value, place);
      if (checked.ok) values.set(field.name, checked.value);
      else for (const problem of checked.problems) problems.push(problem);
    } else if (field.default !== undefined) {
      values.set(field.name, toPyValue(field.default, field.type));
    } else if (noneIsDefault && takesNone(field)) values.set(field.name, null);
    else problems.push(validator.missing(place, input));
  }
  return problems.length > 0 ? problems : values;
}

/** The input stands in a problem, in the list of them, in the answer. */
const INPUT_LEVEL = 3;

/** A 422 with all problems; a bare 500 when a rejected value cannot be written as JSON. */
function problemsReply(problems: readonly Problem[], validator: Validator, stack: Stack): Reply {
  const detail = problems.map((problem) => validator.render(problem));
  const { echoDepthMax, echoCountsScalars } = stack.traits;
  const limit = { levelsMax: INPUT_LEVEL + echoDepthMax, countsScalars: echoCountsScalars };
  try {
    return jsonReply(422, writeJson(new Map([['detail', detail]]), limit));
  } catch (error) {
    if (!(error instanceof JsonWriteError)) throw error;
    return INTERNAL_SERVER_ERROR;
  }
}
