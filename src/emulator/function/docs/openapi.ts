import type { FunctionDefinition, Parameters } from '../../../contract/function.ts';
import { writeJson } from '../../python/json-write.ts';
import type { PyDict } from '../../python/value.ts';
import type { Stack } from '../stacks.ts';
import { dict } from './ordered-dict.ts';
import { createSchemaWriter, type SchemaWriter } from './schemas.ts';
import { titleOf } from './title.ts';

/**
 * The exact text of `/openapi.json`. What the function does with a valid request does not show in
 * it: Modal's functions declare no response model.
 * @throws JsonWriteError for a default with a lone surrogate, which FastAPI answers with a bare 500.
 */
export function openapiDocument(definition: FunctionDefinition, stack: Stack): string {
  const writer = createSchemaWriter(stack);
  const path = dict({ [definition.method.toLowerCase()]: operation(definition, writer) });
  const schemas = componentSchemas(definition.parameters, writer);
  return writeJson(
    dict({
      openapi: stack.traits.docs.openapiVersion,
      info: dict({ title: 'FastAPI', version: '0.1.0' }),
      paths: dict({ '/': path }),
      components: schemas.size === 0 ? undefined : dict({ schemas }),
    }),
  );
}

function operation({ name, method, parameters }: FunctionDefinition, writer: SchemaWriter): PyDict {
  const query = parameters.kind === 'query' ? parameters.fields : [];
  return dict({
    summary: titleOf(name),
    operationId: `${name}__${method.toLowerCase()}`,
    parameters: query.length === 0 ? undefined : query.map(writer.parameter),
    requestBody: requestBody(parameters, writer),
    responses: dict({
      200: response('Successful Response', dict({})),
      422: takesNothing(parameters)
        ? undefined
        : response('Validation Error', reference('HTTPValidationError')),
    }),
  });
}

/** A body is required even when every field of its model is optional. */
function requestBody(parameters: Parameters, writer: SchemaWriter): PyDict | undefined {
  if (parameters.kind === 'query') return undefined;
  const schema =
    parameters.kind === 'dict'
      ? writer.dictBody(parameters.parameter)
      : reference(parameters.model);
  return dict({ content: jsonContent(schema), required: true });
}

/** Sorted by name; FastAPI's own schemas replace a model that is called like one of them. */
function componentSchemas(parameters: Parameters, writer: SchemaWriter): PyDict {
  if (takesNothing(parameters)) return new Map();
  const schemas = new Map<string, PyDict>();
  if (parameters.kind === 'model') {
    schemas.set(parameters.model, writer.model(parameters.model, parameters.fields));
  }
  for (const [name, schema] of writer.errors()) schemas.set(name, schema);
  return new Map([...schemas].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function takesNothing(parameters: Parameters): boolean {
  return parameters.kind === 'query' && parameters.fields.length === 0;
}

function response(description: string, schema: PyDict): PyDict {
  return dict({ description, content: jsonContent(schema) });
}

function jsonContent(schema: PyDict): PyDict {
  return dict({ 'application/json': dict({ schema }) });
}

function reference(name: string): PyDict {
  return dict({ $ref: `#/components/schemas/${name}` });
}
