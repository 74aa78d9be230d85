import type { Schema } from '@registrar/contracts-http';
import { z } from 'zod';

/** A JSON Schema as a document holds it. */
export type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of `schema` (2020-12, which OpenAPI 3.1 and AsyncAPI 3 take).
 *
 * @param io `input` for what a client sends, `output` for what it gets
 */
export function jsonSchemaOf(schema: Schema | z.ZodType, io: 'input' | 'output'): JsonSchema {
  if (!(schema instanceof z.ZodType)) throw new Error('The documents are made from zod schemas.');
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** The fields of an object as parameters, one for each. */
export function objectParameters(object: Schema, place: 'path' | 'query'): JsonSchema[] {
  const { properties = {}, required = [] } = jsonSchemaOf(object, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}
