import { z } from 'zod';

/** A JSON Schema as a document holds it. */
export type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of `schema` (2020-12, which OpenAPI 3.1 and AsyncAPI 3 take).
 *
 * @param io `input` for what a client sends, `output` for what it gets
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** The parameters of a query, one for each field. */
export function queryParameters(query: z.ZodObject): JsonSchema[] {
  const { properties = {}, required = [] } = jsonSchemaOf(query, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}
