/**
 * The generations of FastAPI that the function imitates, as data. A stack is a dated combination;
 * each difference between them is one named trait here, never a version comparison in the code.
 * Source: facts/modal-endpoint.md section 3, and the captures in tests/conformance.
 */
export interface Stack {
  readonly name: string;
  /** What the captures were made with. */
  readonly versions: {
    readonly fastapi: string;
    readonly starlette: string;
    readonly pydantic: string;
    readonly python: string;
  };
  readonly summary: string;
  readonly traits: StackTraits;
}

/** In what the generations differ. */
export interface StackTraits {
  readonly validation: 'pydantic-1' | 'pydantic-2';
  /** FastAPI 0.132: a body without a Content-Type is no longer read as JSON. */
  readonly contentTypeRequired: boolean;
  /** CPython 3.13: `Illegal trailing comma before end of object`, at the comma. */
  readonly trailingCommaMessage: boolean;
  /** Starlette 1.0: the origin is echoed and `vary: Origin` is on every answer of the app. */
  readonly corsEchoesOrigin: boolean;
  /** Starlette 0.51: preflights can ask for private network access, which is refused. */
  readonly corsPrivateNetwork: boolean;
  /** Starlette 1.0: a preflight's `vary` names every header that it depends on. */
  readonly corsVariesByPreflight: boolean;
  /** Starlette 1.9 counts QUERY among the methods. */
  readonly corsQueryMethod: boolean;
  /** How many containers may be open at once before Python's JSON reader gives up: 400. */
  readonly jsonDepthMax: number;
  /** How many levels a rejected value may have before writing it back fails: 500. */
  readonly echoDepthMax: number;
  /** Pydantic 1: a field that takes None and has no default is None when it is missing. */
  readonly noneIsDefault: boolean;
  readonly docs: DocsTraits;
}

/** What `/openapi.json`, `/docs` and `/redoc` say. */
export interface DocsTraits {
  /** FastAPI 0.99 moved to OpenAPI 3.1. */
  readonly openapiVersion: '3.0.2' | '3.1.0';
  /** FastAPI 0.128.1: the schema of a validation error names `input` and `ctx`. */
  readonly errorSchemaNamesInput: boolean;
  /** Pydantic 2.11: the schema of a dict says `additionalProperties: true`. */
  readonly dictSchemaAllowsMore: boolean;
  /** The release in the CDN address of Swagger UI. */
  readonly swaggerUiRelease: '4' | '5';
  /** FastAPI 0.128.1: `/docs` has a viewport for telephones. */
  readonly swaggerUiViewport: boolean;
  /** The release in the CDN address of ReDoc. */
  readonly redocRelease: 'next' | '2';
}

const modern = {
  validation: 'pydantic-2',
  trailingCommaMessage: true,
} as const;

/** The generations that can be imitated, by name. */
export const STACKS = {
  'fastapi-0.143': {
    name: 'fastapi-0.143',
    versions: { fastapi: '0.143.3', starlette: '1.9.0', pydantic: '2.13.5', python: '3.14.8' },
    summary: 'what a new deployment gets today',
    traits: {
      ...modern,
      contentTypeRequired: true,
      corsEchoesOrigin: true,
      corsPrivateNetwork: true,
      corsQueryMethod: true,
      corsVariesByPreflight: true,
      // A guess: CPython 3.14 limits the stack by bytes. Between 900 and 100,000 by the captures.
      jsonDepthMax: 25_000,
      echoDepthMax: 970,
      noneIsDefault: false,
      docs: {
        openapiVersion: '3.1.0',
        errorSchemaNamesInput: true,
        dictSchemaAllowsMore: true,
        swaggerUiRelease: '5',
        swaggerUiViewport: true,
        redocRelease: '2',
      },
    },
  },
  'fastapi-0.115': {
    name: 'fastapi-0.115',
    versions: { fastapi: '0.115.11', starlette: '0.46.1', pydantic: '2.10.6', python: '3.13.5' },
    summary: 'a typical image of 2024 and 2025',
    traits: {
      ...modern,
      contentTypeRequired: false,
      corsEchoesOrigin: false,
      corsPrivateNetwork: false,
      corsQueryMethod: false,
      corsVariesByPreflight: false,
      jsonDepthMax: 9994,
      echoDepthMax: 974,
      noneIsDefault: false,
      docs: {
        openapiVersion: '3.1.0',
        errorSchemaNamesInput: false,
        dictSchemaAllowsMore: false,
        swaggerUiRelease: '5',
        swaggerUiViewport: false,
        redocRelease: 'next',
      },
    },
  },
  'fastapi-0.92': {
    name: 'fastapi-0.92',
    versions: { fastapi: '0.92.0', starlette: '0.26.1', pydantic: '1.10.4', python: '3.11.2' },
    summary: "the time of LangChain's page on Modal",
    traits: {
      validation: 'pydantic-1',
      trailingCommaMessage: false,
      contentTypeRequired: false,
      corsEchoesOrigin: false,
      corsPrivateNetwork: false,
      corsQueryMethod: false,
      corsVariesByPreflight: false,
      jsonDepthMax: 972,
      // Nothing is written back.
      echoDepthMax: 1000,
      noneIsDefault: true,
      docs: {
        openapiVersion: '3.0.2',
        errorSchemaNamesInput: false,
        dictSchemaAllowsMore: false,
        swaggerUiRelease: '4',
        swaggerUiViewport: false,
        redocRelease: 'next',
      },
    },
  },
} as const satisfies Record<string, Stack>;

/** The name of a generation: FastAPI with its minor version. */
export type StackName = keyof typeof STACKS;

/** What a new deployment gets today. */
export const DEFAULT_STACK: StackName = 'fastapi-0.143';

/** All names, the newest first. */
export const STACK_NAMES = Object.keys(STACKS) as readonly StackName[];
