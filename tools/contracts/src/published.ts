import * as courses from '@registrar/contracts-courses';
import * as enrollments from '@registrar/contracts-enrollments';
import * as gateway from '@registrar/contracts-gateway';
import * as notifications from '@registrar/contracts-notifications';
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

/** What callers send is named so in every contract; each other schema is something that is answered. */
const sent = /(Request|Query|Update|Confirmation)$/;

/** What one service answers another, which reads it strictly. */
const internal = new Set(['internalUser', 'resetLink', 'courseSeats', 'seatsAnswer']);
/** What is answered as it was sent. */
const both = new Set(['preferences']);

function kindsOf(name: string): Kind[] {
  if (sent.test(name)) return ['requests'];
  if (internal.has(name)) return ['internal-answers'];
  return both.has(name) ? ['answers', 'requests'] : ['answers'];
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
    return kindsOf(name).map((kind) => {
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
