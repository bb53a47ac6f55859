import type { Field, JsonValue } from '../../contract/annotation.ts';
import { type ExampleRequest, exampleRequest } from '../../contract/example-request.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import type { Random } from '../../scenarios/random.ts';
import type { Inapplicable, PlannedRequest, RequestName, RequestPlan } from './planned.ts';
import { createNonce } from './prompts.ts';
import { isRequired, wrongText, wrongValue } from './wrong-value.ts';

type Planned = PlannedRequest | Inapplicable;

/** The names of the requests that are to be refused. */
type RefusedName = 'missing-prompt' | 'wrong-prompt' | 'wrong-parameter' | 'wrong-method';

/** Plans the requests that an endpoint has to refuse. */
export function planRefused(
  definition: FunctionDefinition,
  random: Random,
): Pick<RequestPlan, RefusedName> {
  const { parameters, promptField } = definition;
  const ask = (name: RefusedName) => exampleRequest(definition, createNonce(random.fork(name)));
  const none = (name: RefusedName, reason: string): Inapplicable => ({
    kind: 'inapplicable',
    name,
    reason,
  });
  const method = otherMethod(definition, createNonce(random.fork('wrong-method')));
  if (parameters.kind === 'dict') {
    const reason = 'The function takes any JSON object, and checks nothing in it.';
    return {
      'missing-prompt': none('missing-prompt', reason),
      'wrong-prompt': none('wrong-prompt', reason),
      'wrong-parameter': none('wrong-parameter', reason),
      'wrong-method': method,
    };
  }
  const { fields } = parameters;
  const prompt = fields.find(({ name }) => name === promptField);
  const wrongOf = (name: RefusedName, field: Field | undefined): Planned | null =>
    field === undefined ? null : withWrong(name, field, ask(name));
  const others = fields.filter(({ name }) => name !== promptField);
  const wrongParameter = others
    .map((field) => wrongOf('wrong-parameter', field))
    .find((planned) => planned !== null);
  return {
    'missing-prompt':
      prompt !== undefined && isRequired(prompt)
        ? withoutField('missing-prompt', promptField, ask('missing-prompt'))
        : none('missing-prompt', `The parameter "${promptField}" may be left out.`),
    'wrong-prompt':
      wrongOf('wrong-prompt', prompt) ??
      none('wrong-prompt', `The parameter "${promptField}" takes everything.`),
    'wrong-parameter':
      wrongParameter ?? none('wrong-parameter', 'There is no other parameter with a type.'),
    'wrong-method': method,
  };
}

function refused(
  name: RequestName,
  request: ExampleRequest,
  wrongField: string | null,
): PlannedRequest {
  return { ...request, kind: 'request', name, prompt: null, wrongField, isEscaped: true };
}

function withoutField(name: RequestName, field: string, request: ExampleRequest): PlannedRequest {
  const { method, query, body } = request;
  const unlike = ([key]: readonly [string, JsonValue]) => key !== field;
  // Something else stands there, so that it is not the body that is missing.
  const others = Object.entries(body ?? {}).filter(unlike);
  const question: [string, JsonValue] = [`not_${field}`, 'Why is the sky blue?'];
  return refused(
    name,
    {
      method,
      query: query?.filter(unlike) ?? null,
      body: body === null ? null : Object.fromEntries([question, ...others]),
    },
    field,
  );
}

function withWrong(name: RequestName, field: Field, request: ExampleRequest): Planned | null {
  const { method, query, body } = request;
  if (body !== null) {
    const value = wrongValue(field.type);
    if (value === undefined) return null;
    return refused(name, { method, query, body: { ...body, [field.name]: value } }, field.name);
  }
  const text = wrongText(field.type);
  if (text === undefined) return null;
  const others = (query ?? []).filter(([key]) => key !== field.name);
  return refused(name, { method, query: [...others, [field.name, text]], body }, field.name);
}

/** A GET where the function takes another method, and a POST where it takes GET. */
function otherMethod({ method, promptField }: FunctionDefinition, nonce: string): PlannedRequest {
  const request: ExampleRequest =
    method === 'GET'
      ? { method: 'POST', query: null, body: { [promptField]: nonce } }
      : { method: 'GET', query: [[promptField, nonce]], body: null };
  return refused('wrong-method', request, null);
}
