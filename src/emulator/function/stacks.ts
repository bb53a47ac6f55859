import { type InterpreterTraits, levelsAbove, PYTHONS, type PythonName } from './pythons.ts';

/**
 * What the function imitates: FastAPI, Starlette, Pydantic and Python together. Each difference
 * is one named trait, never a version comparison in the code.
 */
export interface Stack {
  readonly traits: StackTraits;
}

/**
 * A generation of FastAPI, as data: a dated combination, and what distinguishes it. What its
 * interpreter adds is in `pythons.ts`.
 * Source: facts/modal-endpoint.md section 3, and the captures in tests/conformance.
 */
export interface Generation {
  readonly name: string;
  /** What the captures were made with. */
  readonly versions: {
    readonly fastapi: string;
    readonly starlette: string;
    readonly pydantic: string;
    readonly python: `${PythonName}.${number}`;
  };
  readonly summary: string;
  readonly traits: GenerationTraits;
  /**
   * How many frames of Python are below `json.loads` when a body is read, under `uvicorn.run` at
   * the top of a script on CPython 3.11 or later; each one takes a level from the limits of depth.
   */
  readonly framesBelow: number;
}

/** In what the stacks differ: as generations, as interpreters, and in both together. */
export interface StackTraits extends GenerationTraits, InterpreterTraits {
  /** How many containers may be open at once before Python's JSON reader gives up: 400. */
  readonly jsonDepthMax: number;
  /** How many levels a rejected value may have before writing it back fails: 500. */
  readonly echoDepthMax: number;
}

/** In what the generations differ. */
export interface GenerationTraits {
  readonly validation: 'pydantic-1' | 'pydantic-2';
  /** FastAPI 0.132: a body without a Content-Type is no longer read as JSON. */
  readonly contentTypeRequired: boolean;
  /** Starlette 1.0: the origin is echoed and `vary: Origin` is on every answer of the app. */
  readonly corsEchoesOrigin: boolean;
  /** Starlette 0.51: preflights can ask for private network access, which is refused. */
  readonly corsPrivateNetwork: boolean;
  /** Starlette 1.0: a preflight's `vary` names every header that it depends on. */
  readonly corsVariesByPreflight: boolean;
  /** Starlette 1.9 counts QUERY among the methods. */
  readonly corsQueryMethod: boolean;
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

/** The generations that can be imitated, by name. */
export const STACKS = {
  'fastapi-0.143': {
    name: 'fastapi-0.143',
    versions: { fastapi: '0.143.3', starlette: '1.9.0', pydantic: '2.13.5', python: '3.14.8' },
    summary: 'what a new deployment gets today',
    framesBelow: 29,
    traits: {
      validation: 'pydantic-2',
      contentTypeRequired: true,
      corsEchoesOrigin: true,
      corsPrivateNetwork: true,
      corsQueryMethod: true,
      corsVariesByPreflight: true,
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
    framesBelow: 25,
    traits: {
      validation: 'pydantic-2',
      contentTypeRequired: false,
      corsEchoesOrigin: false,
      corsPrivateNetwork: false,
      corsQueryMethod: false,
      corsVariesByPreflight: false,
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
    framesBelow: 22,
    traits: {
      validation: 'pydantic-1',
      contentTypeRequired: false,
      corsEchoesOrigin: false,
      corsPrivateNetwork: false,
      corsQueryMethod: false,
      corsVariesByPreflight: false,
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
} as const satisfies Record<string, Generation>;

/** The name of a generation: FastAPI with its minor version. */
export type StackName = keyof typeof STACKS;

/** What a new deployment gets today. */
export const DEFAULT_STACK: StackName = 'fastapi-0.143';

/** All names, the newest first. */
export const STACK_NAMES = Object.keys(STACKS) as readonly StackName[];

/** The interpreter that a generation's captures were made with. */
export function ownPython(name: StackName): PythonName {
  const { python } = STACKS[name].versions;
  // Sound: the type of a version is such a name, a point and the patch.
  return python.slice(0, python.lastIndexOf('.')) as PythonName;
}

/** A generation on an interpreter, its own unless another is named. */
export function composeStack(name: StackName, python: PythonName = ownPython(name)): Stack {
  const { traits, framesBelow } = STACKS[name];
  const { traits: interpreter, jsonDepth, echoDepth } = PYTHONS[python];
  return {
    traits: {
      ...traits,
      ...interpreter,
      jsonDepthMax: levelsAbove(jsonDepth, framesBelow),
      echoDepthMax: levelsAbove(echoDepth, framesBelow),
    },
  };
}
