import type { FieldType } from '../../../contract/annotation.ts';
import type { PyDict, PyValue } from '../../python/value.ts';
import type { Checked, Location, Problem } from './problem.ts';

/** What one generation of Pydantic does with values; the rest of validation is common. */
export interface Validator {
  /** Checks and converts one value. */
  check(type: FieldType, value: PyValue, loc: Location): Checked;
  /** Reads a body as the dict of a model's fields, or says why it is none. */
  modelDict(value: PyValue, loc: Location): Checked;
  /** The problem of a parameter that is not there; `input` is what it was looked for in. */
  missing(loc: Location, input: PyValue): Problem;
  /** The problem of a body that is no JSON. */
  invalidJson(
    error: { msg: string; message: string; pos: number; lineno: number; colno: number },
    text: string,
  ): Problem;
  /** Writes a problem with the keys in this generation's order. */
  render(problem: Problem): PyDict;
}
