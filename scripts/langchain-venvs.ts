import { join } from 'node:path';
import { NEWEST_MINOR, type Venv } from './python-venv.ts';

const REQUIREMENTS = join(import.meta.dirname, '..', 'tests', 'python');

/** A virtual environment with LangChain's real client in it. */
export interface LangchainVenv extends Venv {
  readonly name: 'newest' | 'before-0.3';
}

/** The generations of LangChain that are tested. */
export const LANGCHAIN_VENVS: readonly LangchainVenv[] = [
  {
    name: 'newest',
    requirements: join(REQUIREMENTS, 'requirements-newest.txt'),
    minorMin: 10,
    minorMax: NEWEST_MINOR,
  },
  {
    name: 'before-0.3',
    requirements: join(REQUIREMENTS, 'requirements-before-0.3.txt'),
    minorMin: 10,
    // Its models are those of Pydantic 1, which does not run on Python 3.14.
    minorMax: 13,
  },
];

/** What tells the generations apart. */
export const LANGCHAIN_PACKAGES = [
  'langchain-community',
  'langchain-core',
  'langchain',
  'requests',
  'urllib3',
] as const;
