import type { Route } from '@registrar/contracts-http';
import type { JsonSchema } from './json-schemas.ts';

/** The schema of a form with the fields of its example; others are ignored. */
export function formSchema(example: unknown): JsonSchema {
  const names = Object.keys(example as Record<string, string>);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    additionalProperties: { type: 'string' },
  };
}

/** How a route that says its errors as OAuth does answers `status`; nothing where it has no code of OAuth for it. */
export function oauthErrorContent({ errors, problems }: Route, status: string): JsonSchema {
  const codes = problems?.[Number(status)];
  if (errors !== 'oauth' || !codes) return {};
  const schema = {
    type: 'object',
    required: ['error'],
    properties: { error: { enum: codes }, error_description: { type: 'string', description: 'For people.' } },
  };
  return { 'application/json': { schema, example: { error: codes[0] } } };
}
