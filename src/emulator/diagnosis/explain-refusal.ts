import { isList, type PyDict, type PyValue } from '../python/value.ts';

/** One validation error of FastAPI, in either of Pydantic's dialects. */
interface Problem {
  readonly place: string;
  readonly isWholeBody: boolean;
  readonly type: string;
  readonly message: string;
}

const NOT_AN_OBJECT = new Set([
  'model_attributes_type',
  'dict_type',
  'type_error.dict',
  'value_error.const',
]);

/** Says what was wrong with the request, from FastAPI's 422. */
export function explainRefusal(errors: readonly PyDict[]): string {
  const problems = errors.map(readProblem);
  const [first] = problems;
  if (first === undefined) return 'Send what the function declares.';
  if (first.type.startsWith('json_invalid') || first.type === 'value_error.jsondecode') {
    return `The request's body is not JSON: ${first.message}. Send one JSON object; Python allows no trailing comma.`;
  }
  if (first.isWholeBody && NOT_AN_OBJECT.has(first.type)) {
    return 'The body did not arrive as a JSON object: send an object with "Content-Type: application/json".';
  }
  if (first.isWholeBody) {
    return `The request's body is missing: send a JSON object with "Content-Type: application/json".`;
  }
  const list = problems.map(({ place, message }) => `${place}: ${message}`).join('; ');
  return `Send what the function declares (${list}). LangChain's class sends "prompt" and what is in model_kwargs.`;
}

function readProblem(error: PyDict): Problem {
  const loc = error.get('loc') ?? [];
  const context = error.get('ctx');
  const places = isList(loc) ? loc.map(asText) : [];
  const reason = context instanceof Map ? asText(context.get('error') ?? '') : '';
  const message = asText(error.get('msg') ?? '');
  return {
    place: places.join('.'),
    isWholeBody: places.length <= 1,
    type: asText(error.get('type') ?? ''),
    message: reason === '' ? message : reason,
  };
}

function asText(value: PyValue): string {
  return typeof value === 'string' || typeof value === 'bigint' ? String(value) : '';
}
