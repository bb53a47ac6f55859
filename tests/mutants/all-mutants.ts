import { ECHO_MUTANTS } from './echoes.ts';
import { HEADER_MUTANTS, STATUS_MUTANTS } from './heads.ts';
import type { Mutant } from './mutant.ts';
import { REDIRECT_MUTANTS } from './redirects.ts';
import { METHOD_MUTANTS, REQUEST_MUTANTS, VALIDATION_MUTANTS } from './refusals.ts';
import { KEY_MUTANTS, TYPE_MUTANTS } from './shapes.ts';
import { ENCODING_MUTANTS, JSON_MUTANTS } from './texts.ts';
import { DELAY_MUTANTS, FRAMING_MUTANTS } from './wires.ts';

/** Every mutant, by what is wrong with it. */
export const MUTANTS: Readonly<Record<string, readonly Mutant[]>> = {
  keys: KEY_MUTANTS,
  types: TYPE_MUTANTS,
  status: STATUS_MUTANTS,
  headers: HEADER_MUTANTS,
  echo: ECHO_MUTANTS,
  encoding: ENCODING_MUTANTS,
  json: JSON_MUTANTS,
  framing: FRAMING_MUTANTS,
  redirects: REDIRECT_MUTANTS,
  validation: VALIDATION_MUTANTS,
  methods: METHOD_MUTANTS,
  requests: REQUEST_MUTANTS,
  delays: DELAY_MUTANTS,
};
