import { z } from 'zod';
import { AnnotationError, type Field, parseAnnotation } from './annotation.ts';

/** How the function takes its parameters. */
export type Parameters =
  /** One JSON object, checked field by field: `def web(request: Request)`. */
  | { readonly kind: 'model'; readonly model: string; readonly fields: readonly Field[] }
  /** Any JSON object: `def web(item: dict)`. */
  | { readonly kind: 'dict'; readonly parameter: string }
  /** The query string: `def web(prompt: str, n: int = 1)`. */
  | { readonly kind: 'query'; readonly fields: readonly Field[] };

/** A function behind a Modal web endpoint, described by data. */
export interface FunctionDefinition {
  /** Python's name of the function; the documentation shows it. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Whether `/docs`, `/redoc` and `/openapi.json` answer (`docs=True` on Modal). */
  readonly docs: boolean;
  readonly parameters: Parameters;
  /** The parameter that holds the prompt. */
  readonly promptField: string;
  readonly handler: Handler;
}

/** What the function does with a valid request. */
export type Handler = z.output<typeof handlerSchema>;

const PYTHON_KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except ' +
    'finally for from global if import in is lambda nonlocal not or pass raise return try while ' +
    'with yield'
  ).split(' '),
);

const identifier = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a Python name: letters, digits and _')
  .refine((name) => !PYTHON_KEYWORDS.has(name), 'is a word of Python itself, and no name');

const fieldSchema = z.string().transform((text, context) => {
  try {
    return parseAnnotation(text);
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const fieldsSchema = z
  .record(identifier, fieldSchema)
  .transform((fields) => Object.entries(fields).map(([name, field]): Field => ({ name, ...field })))
  .refine((fields) => fields.length <= 100, 'at most 100 fields');

const headerValueSchema = z
  .string()
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be a header value without line breaks');

const headersSchema = z.record(
  z
    .string()
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name')
    .refine(
      (name) => !/^(?:content-length|transfer-encoding|connection)$/i.test(name),
      'frames the answer on the wire and cannot be set',
    ),
  headerValueSchema,
);

const handlerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer').describe('Answers 200 with the text of the answer source.'),
    key: z
      .string()
      .nullable()
      .default('prompt')
      .describe('Key of the answer; null answers the bare string.'),
  }),
  z.strictObject({
    kind: z.literal('stream').describe('Answers a StreamingResponse.'),
    mediaType: headerValueSchema.default('text/event-stream'),
    events: z
      .array(z.string())
      .max(10_000)
      .optional()
      .describe('Literal chunks; without them the answer is streamed word by word as events.'),
  }),
  z.strictObject({
    kind: z.literal('http-exception').describe('Raises HTTPException.'),
    status: z.int().min(400).max(599),
    detail: z.json().default(null),
    headers: headersSchema.default({}),
  }),
  z.strictObject({
    kind: z.literal('crash').describe('Raises an exception that nobody handles.'),
    exception: z.string().default("RuntimeError('crash')"),
  }),
]);

const modelFieldsSchema = fieldsSchema.refine(
  (fields) => fields.every(({ name }) => !name.startsWith('_')),
  'a field of a model cannot begin with "_": Pydantic keeps such names to itself',
);

const bodySchema = z
  .union([
    z.literal('dict'),
    z.strictObject({ dict: identifier }),
    z.strictObject({ model: identifier.default('Request'), fields: modelFieldsSchema }),
  ])
  .transform((body): Parameters => {
    if (body === 'dict') return { kind: 'dict', parameter: 'item' };
    if ('dict' in body) return { kind: 'dict', parameter: body.dict };
    return { kind: 'model', model: body.model, fields: body.fields };
  });

const querySchema = fieldsSchema
  .refine(
    (fields) =>
      fields.every((field) =>
        isScalar(field.type.kind === 'optional' ? field.type.inner.kind : field.type.kind),
      ),
    'a query parameter is a str, int, float or bool, or Optional of one; FastAPI reads others from the body',
  )
  .transform((fields): Parameters => ({ kind: 'query', fields }));

function isScalar(kind: string): boolean {
  return kind === 'str' || kind === 'int' || kind === 'float' || kind === 'bool';
}

const DEFAULT_PARAMETERS: Parameters = {
  kind: 'model',
  model: 'Request',
  fields: [{ name: 'prompt', type: { kind: 'str' } }],
};

/**
 * The definition of a function as a user writes it. The default is the dummy of LangChain's page
 * on Modal: `POST {"prompt": str, ...}`.
 */
export const functionSchema = z
  .strictObject({
    name: identifier.default('hello').describe("The Python function's name, shown in the docs."),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
    docs: z.boolean().default(false).describe('Serve /docs, /redoc and /openapi.json.'),
    body: bodySchema.optional().describe('A model with typed fields, or "dict" for any object.'),
    query: querySchema.optional().describe('Typed query parameters, instead of a body.'),
    promptField: identifier.optional().describe('The parameter that holds the prompt.'),
    handler: handlerSchema.default({ kind: 'answer', key: 'prompt' }),
  })
  .refine((input) => input.body === undefined || input.query === undefined, {
    message: 'stands beside "body"; a function takes one of them, not both',
    path: ['query'],
  })
  .superRefine(({ body, query, promptField }, context) => {
    const parameters = body ?? query ?? DEFAULT_PARAMETERS;
    if (promptField === undefined || parameters.kind === 'dict') return;
    const names = parameters.fields.map(({ name }) => name);
    if (names.includes(promptField) || !identifier.safeParse(promptField).success) return;
    const message = `must be one of the parameters: ${names.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['promptField'], message });
  })
  .transform((input): FunctionDefinition => {
    const { body, query, promptField, ...rest } = input;
    const parameters = body ?? query ?? DEFAULT_PARAMETERS;
    return { ...rest, parameters, promptField: promptField ?? defaultPromptField(parameters) };
  });

/** `prompt` where there is one, else the first parameter: `GET ?question=`. */
function defaultPromptField(parameters: Parameters): string {
  if (parameters.kind === 'dict') return 'prompt';
  const { fields } = parameters;
  if (fields.some((field) => field.name === 'prompt')) return 'prompt';
  return fields[0]?.name ?? 'prompt';
}

/** The definition as it is written in a config file. */
export type FunctionInput = z.input<typeof functionSchema>;

/** The dummy endpoint of LangChain's page on Modal. */
export const DEFAULT_FUNCTION: FunctionDefinition = functionSchema.parse({});
