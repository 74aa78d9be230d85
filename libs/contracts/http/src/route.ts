import type { Scope } from './scopes.ts';

/**
 * What a value is checked by: the Standard Schema interface (standardschema.dev), which zod and others implement.
 * Stated here so that this library imports nothing.
 */
export interface Schema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a check comes to: the value as it is read, or every fault. */
type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One fault of a value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Methods that routes have. HEAD is there wherever GET is. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The name of a service, which answers routes. */
export type ServiceName = string;

/** Roles that a route may require; an admin has a registrar's rights. */
type RouteRole = 'instructor' | 'registrar' | 'admin';

/**
 * Who may call. `anonymous`: no token is looked at, as the call gives one out or takes another proof. `public`: no
 * token is needed, one that is sent must be good. `signed-in`: any good token. A role: who has it. `services`: only
 * these services, by their service token; such a route lies below `/internal/` and is never reached from outside.
 */
export type Caller =
  'anonymous' | 'public' | 'signed-in' | RouteRole | { readonly services: readonly ServiceName[] };

/** Most bytes of a JSON body. */
export const jsonBodyLimitBytes = 1_048_576;

/** Most bytes of a file that is imported. */
export const fileBodyLimitBytes = 8 * jsonBodyLimitBytes;

/** Most bytes of a form. */
export const formBodyLimitBytes = 65_536;

/** Media type of a form. */
export const formType = 'application/x-www-form-urlencoded';

/** Most bytes of a route's body; beyond it 413. */
export function bodyLimitOf({ body }: Pick<RouteInput, 'body'>): number {
  if (body === formType) return formBodyLimitBytes;
  return body === 'text/csv' ? fileBodyLimitBytes : jsonBodyLimitBytes;
}

/** A good answer. */
export interface GoodAnswer {
  readonly description: string;
  /** Of the JSON body; none for an answer without one. */
  readonly schema?: Schema;
  readonly example?: unknown;
  /** Headers besides those that every answer has, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Other media types that the answer has where `Accept` asks for them, with what they hold. */
  readonly alternatives?: Readonly<Record<string, string>>;
}

/** Statuses of good answers. */
export type GoodStatus = 200 | 201 | 202 | 204 | 302 | 303;

/** How an answer may be kept. */
export interface CachePolicy {
  /** `Cache-Control` of the answer. */
  readonly control: string;
  /** The cache's name in `Cache-Status`. */
  readonly name?: string;
}

/** How a read is recorded. */
export interface ReadAudit {
  /** The action of the record, such as `roster_read`. */
  readonly read: string;
  /** Whose data are read, where they are one user's: then the user's own reads are not recorded. */
  readonly subject?: (asked: AuditedInput) => string | undefined;
}

/** What a read is about: its path's parameters and its query. */
export interface AuditedInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Everything about one route of the HTTP API, stated once. What is left out has the default that is named here. */
export interface RouteInput {
  /** Heading of the documentation that it stands under. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly method: Method;
  /** `:name` stands for one segment. */
  readonly path: `/${string}`;
  readonly caller: Caller;
  /**
   * What an API client needs to call it, with the rights of a registrar then. Default: none; a client may call it
   * only where no token is needed.
   */
  readonly scope?: Scope;
  /** Of the path's parameters, one object. Default: any text in each. */
  readonly params?: Schema;
  /** Of the query, one object. Default: no query is taken; any parameter is 422. */
  readonly query?: Schema;
  /** Headers that every call needs, besides those that follow from the rest. Default: none. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly example: string }>>;
  /** Of a JSON body; or the media type of a body that is taken as bytes. Default: none. */
  readonly body?: Schema | 'text/csv' | typeof formType;
  readonly answers: { readonly [Status in GoodStatus]?: GoodAnswer };
  /** Codes of problems by status, besides those that follow from the rest of the route. */
  readonly problems?: Readonly<Record<number, readonly string[]>>;
  /**
   * How 400 and 401 are said. `oauth`: as `{error, error_description}` (RFC 6749, 5.2), with the code as `error`.
   * Default: `problem`, as all others.
   */
  readonly errors?: 'problem' | 'oauth';
  /** `params` of problems by their codes, where the problem has any. */
  readonly problemParams?: Readonly<Record<string, Schema>>;
  /** Whether `Idempotency-Key` is taken. Default: `none`. */
  readonly idempotency?: 'none' | 'optional' | 'required';
  /** `etag`: the answer has one, and `If-None-Match` is heard. `if-match`: required. Default: `etag` for GET. */
  readonly conditional?: 'none' | 'etag' | 'if-match';
  /** Default: private and always checked for GET, never kept for others. */
  readonly cache?: CachePolicy;
  /** Whether the answer is the same for everybody but staff, so that the gateway may hold it. Default: no. */
  readonly edge?: boolean;
  /** Time for the whole answer, ms; for a stream until it begins. Default: 3,000 for GET, 10,000 for others. */
  readonly timeLimitMs?: number;
  /**
   * `always`: server-sent events. `shared`: where `Accept` asks for them; the same for everybody, so that all who
   * listen to one path share one stream of the service. Default: `never`.
   */
  readonly stream?: 'never' | 'shared' | 'always';
  /** Which instance is asked: `by-course` sends the writes of a course to the same one. Default: `least-load`. */
  readonly choose?: 'least-load' | 'by-course';
  /**
   * Which rate limit counts it. `sign-in`: passwords are hashed. `operations`: probes and public keys, also under
   * overload. Default: `usual`.
   */
  readonly limit?: 'usual' | 'sign-in' | 'operations';
  /** Of a read of what is personal: each page that somebody else reads leaves an audit record. Default: none. */
  readonly audit?: ReadAudit;
  /** Values for the documentation and for generated calls. */
  readonly examples?: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
}

/** A route with its name, its service and its defaults. */
export interface Route extends RouteInput {
  /** Unique over all services; the operation's id in OpenAPI. */
  readonly id: string;
  readonly service: ServiceName;
  readonly idempotency: 'none' | 'optional' | 'required';
  readonly conditional: 'none' | 'etag' | 'if-match';
  readonly cache: CachePolicy;
  readonly edge: boolean;
  readonly timeLimitMs: number;
  readonly stream: 'never' | 'shared' | 'always';
  readonly choose: 'least-load' | 'by-course';
  readonly limit: 'usual' | 'sign-in' | 'operations';
  readonly errors: 'problem' | 'oauth';
}

/** Routes by their ids. */
export type Routes = Readonly<Record<string, Route>>;

/** Whether a route is for other services only. */
export function isInternal({ caller }: Pick<Route, 'caller'>): boolean {
  return typeof caller === 'object';
}

/** The names of the parameters in a path, in order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

/** The status of a route's good answer; of several the first. */
export function statusOf({ answers }: Pick<Route, 'answers'>): number {
  return Number(Object.keys(answers)[0]);
}
