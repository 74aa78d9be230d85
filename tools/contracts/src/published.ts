import * as courses from '@registrar/contracts-courses';
import * as enrollments from '@registrar/contracts-enrollments';
import * as gateway from '@registrar/contracts-gateway';
import * as notifications from '@registrar/contracts-notifications';
import { isInternal } from '@registrar/contracts-http';
import type { Route } from '@registrar/contracts-http';
import { z } from 'zod';
import type { Kind } from './compatibility.rules.ts';
import type { JsonSchema } from './json-schema.ts';

/** A schema that others rely on. */
export interface Published {
  readonly service: string;
  readonly kind: Kind;
  readonly name: string;
  readonly schema: JsonSchema;
}

const contracts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  courses,
  enrollments,
  gateway,
  notifications,
};

const routes = Object.values(contracts).flatMap((contract) => Object.values(contract).flatMap(routesIn));
const requests = new Set<unknown>(routes.flatMap(({ query, body }) => [query, body]));
const answers = new Set<unknown>(routes.filter((route) => !isInternal(route)).flatMap(answersOf));
/** What one service answers another, which reads it strictly. */
const internalAnswers = new Set<unknown>(routes.filter(isInternal).flatMap(answersOf));

function answersOf(route: Route) {
  return Object.values(route.answers).map(({ schema }) => schema);
}

/** What a schema is by the routes that use it; a part that no route uses by itself is answered within others. */
function kindsOf(schema: z.ZodType): Kind[] {
  const kinds: Kind[] = [];
  if (requests.has(schema)) kinds.push('requests');
  if (internalAnswers.has(schema)) kinds.push('internal-answers');
  if (answers.has(schema) || kinds.length === 0) kinds.push('answers');
  return kinds;
}

function routesIn(exported: unknown): Route[] {
  if (typeof exported !== 'object' || exported === null || exported instanceof z.ZodType) return [];
  return Object.values<unknown>(exported as Record<string, unknown>).filter(isRoute);
}

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'path' in value && 'answers' in value;
}

interface EventDefinition {
  readonly type: string;
  readonly schema: z.ZodType;
}

function isEvent(value: unknown): value is EventDefinition {
  return (
    typeof value === 'object' && value !== null && 'type' in value && 'topic' in value && 'schema' in value
  );
}

function isBody(value: unknown): value is z.ZodType {
  return value instanceof z.ZodObject;
}

/** The JSON Schema of what is sent (`input`: before defaults are filled in) or of what comes back. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io }) as JsonSchema;
}

function publishedBy(service: string, contract: Readonly<Record<string, unknown>>): Published[] {
  return Object.entries(contract).flatMap(([name, value]): Published[] => {
    if (Array.isArray(value) && value.every(isEvent)) return value.map((each) => eventOf(service, each));
    if (isEvent(value)) return [eventOf(service, value)];
    if (!isBody(value) || name.endsWith('EventData')) return [];
    return kindsOf(value).map((kind) => {
      return { service, kind, name, schema: jsonSchema(value, kind === 'requests' ? 'input' : 'output') };
    });
  });
}

function eventOf(service: string, { type, schema }: EventDefinition): Published {
  return { service, kind: 'events', name: type, schema: jsonSchema(schema, 'output') };
}

/** Every event and HTTP body of all contracts, as they are now. */
export function published(): Published[] {
  return Object.entries(contracts).flatMap(([service, contract]) => publishedBy(service, contract));
}
