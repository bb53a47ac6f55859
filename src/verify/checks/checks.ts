import type { Check } from './check.ts';
import { CONTENT_ENCODING } from './content-encoding.ts';
import { CONTENT_TYPE } from './content-type.ts';
import { ECHO } from './echo.ts';
import { EMPTY_PROMPT } from './empty-prompt.ts';
import { EXTRA_KEYS_CHECK } from './extra-keys.ts';
import { JSON_BODY } from './json.ts';
import { LANGCHAIN } from './langchain.ts';
import { LONG } from './long-prompt.ts';
import { NON_ASCII } from './non-ascii-prompt.ts';
import { MISSING_PROMPT, WRONG_PARAMETER, WRONG_PROMPT } from './refusals.ts';
import { SHAPE } from './shape.ts';
import { STATUS } from './status.ts';
import { UTF_8 } from './utf-8.ts';
import { WRONG_METHOD } from './wrong-method.ts';

/** Everything that an endpoint is held to once it is reached, in the order of the report. */
export const CHECKS: readonly Check[] = [
  STATUS,
  CONTENT_TYPE,
  CONTENT_ENCODING,
  UTF_8,
  JSON_BODY,
  SHAPE,
  ECHO,
  EXTRA_KEYS_CHECK,
  EMPTY_PROMPT,
  NON_ASCII,
  LONG,
  LANGCHAIN,
  MISSING_PROMPT,
  WRONG_PROMPT,
  WRONG_PARAMETER,
  WRONG_METHOD,
];

/** What comes before all of them. */
export const REACH = {
  id: 'reach',
  title: 'The endpoint is reached, and answers.',
} as const;
