import type { z } from 'zod';

/** Who may do it: anybody, anybody signed in, or (besides what `rights` says) who has one of these roles. */
export type Caller = 'public' | 'signed-in' | 'instructor' | 'registrar' | 'admin';

/** A good answer. */
export interface GoodAnswer {
  status: 200 | 201 | 202 | 204;
  description: string;
  schema?: z.ZodType;
  /** Other media types that the answer may have, by what `Accept` asks. */
  alternatives?: Record<string, string>;
  example?: unknown;
  /** Headers besides those that every answer has. */
  headers?: Record<string, string>;
}

/** One operation of the API, as the document shows it. */
export interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{parameters}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  caller: Caller;
  query?: z.ZodObject;
  body?: { schema: z.ZodType; example: unknown } | { csv: string };
  answers: GoodAnswer[];
  /** Problem codes by status, besides those that follow from the rest. */
  codes?: Record<number, string[]>;
  idempotencyKey?: 'optional' | 'required';
  /** Whether `If-Match` is required. */
  ifMatch?: boolean;
  /** Examples of the parameters in the path. */
  parameters?: Record<string, string>;
  /** Whether the gateway answers it itself, so that no service can be away. */
  own?: boolean;
}
