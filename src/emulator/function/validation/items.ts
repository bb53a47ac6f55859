import type { FieldType } from '../../../contract/annotation.ts';
import type { PyValue } from '../../python/value.ts';
import { type Checked, type Location, valid } from './problem.ts';
import type { Validator } from './validator.ts';

/** Checks the items of a list in order; everything that is wrong with any of them is told. */
export function checkItems(
  list: { readonly items: FieldType | null; readonly values: readonly PyValue[] },
  loc: Location,
  check: Validator['check'],
): Checked {
  const { items, values } = list;
  if (items === null) return valid(values);
  const checked = values.map((value, index) => check(items, value, [...loc, index]));
  const problems = checked.flatMap((result) => (result.ok ? [] : result.problems));
  if (problems.length > 0) return { ok: false, problems };
  return valid(checked.map((result) => (result.ok ? result.value : null)));
}
