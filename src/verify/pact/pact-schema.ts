import { z } from 'zod';

const named = z.looseObject({ name: z.string() });

/** What every pact has, as far as it is read before it is known to be one about HTTP. */
export const pactSchema = z.looseObject({
  consumer: named,
  provider: named,
  interactions: z.array(z.looseObject({ type: z.string().optional(), description: z.string() })),
});

const textOrTexts = z.union([z.string(), z.array(z.string())]);

/** An interaction about HTTP: of version 2 and 3, where no type is named, or of version 4. */
export const httpInteractionSchema = z.looseObject({
  description: z.string(),
  pending: z.boolean().nullish(),
  // One in version 2, a list since version 3.
  providerState: z.string().nullish(),
  provider_state: z.string().nullish(),
  providerStates: z.union([z.string(), z.array(named)]).nullish(),
  request: z.looseObject({
    method: z.string().min(1),
    path: z.string(),
    // A text in version 2.
    query: z.union([z.string(), z.record(z.string(), textOrTexts)]).nullish(),
    headers: z.record(z.string(), textOrTexts).nullish(),
  }),
  response: z.looseObject({ status: z.int().min(100).max(599) }),
});

/** An interaction about HTTP, as it stands in a pact. */
export type HttpInteraction = z.infer<typeof httpInteractionSchema>;

const versioned = z.looseObject({ version: z.string() }).optional();

/** Where the version of Pact's specification has stood over the years. */
export const metadataSchema = z.looseObject({
  pactSpecification: versioned,
  'pact-specification': versioned,
  pactSpecificationVersion: z.string().optional(),
});
