import { isInternal, parametersOf } from './route.ts';
import type { CachePolicy, Caller, Method, Route, RouteInput, ServiceName } from './route.ts';

/** `Cache-Control` of the public catalogue. */
export const publicCacheControl = 'public, max-age=1';

/** `Cache-Control` of what belongs to one user. */
export const privateCacheControl = 'private, no-cache';

/** What a route has where it does not say otherwise. */
export interface RouteDefaults {
  readonly idempotency: 'none';
  readonly conditional: 'none' | 'etag';
  readonly cache: CachePolicy;
  readonly edge: false;
  readonly timeLimitMs: number;
  readonly stream: 'never';
  readonly choose: 'least-load';
  readonly limit: 'usual';
  readonly errors: 'problem';
}

/** A route as it was stated, with what was left out. */
type DefinedRoute<Input extends RouteInput, Id extends string = string> = Omit<RouteDefaults, keyof Input> &
  Input & { readonly id: Id; readonly service: ServiceName };

/**
 * The routes of a service by id, whole.
 *
 * @throws Error that names the route where its parts contradict one another
 */
export function defineRoutes<const Inputs extends Readonly<Record<string, RouteInput>>>(
  service: ServiceName,
  inputs: Inputs,
): { readonly [Id in keyof Inputs & string]: DefinedRoute<Inputs[Id], Id> } {
  const defined = Object.entries(inputs).map(([id, input]) => {
    const route: Route = { ...defaultsOf(service, input.method), ...input, id, service };
    check(route);
    return [id, Object.freeze(route)];
  });
  return Object.fromEntries(defined) as { [Id in keyof Inputs & string]: DefinedRoute<Inputs[Id], Id> };
}

function defaultsOf(service: ServiceName, method: Method): RouteDefaults {
  const isRead = method === 'GET';
  return {
    idempotency: 'none',
    conditional: isRead ? 'etag' : 'none',
    cache: { control: isRead ? privateCacheControl : 'no-store', name: `registrar-${service}` },
    edge: false,
    timeLimitMs: isRead ? 3_000 : 10_000,
    stream: 'never',
    choose: 'least-load',
    limit: 'usual',
    errors: 'problem',
  };
}

/** Whom a route may be for that API clients call as registrars. */
const scopedCallers: readonly Caller[] = ['public', 'signed-in', 'registrar'];

function check(route: Route): void {
  const { id, method, path, caller, body, idempotency, edge, stream, answers, examples } = route;
  const isRead = method === 'GET';
  const exampleNames = Object.keys(examples?.params ?? {});
  const contradictions: [boolean, string][] = [
    [
      isInternal(route) !== path.startsWith('/internal/'),
      'names services as callers exactly below /internal/',
    ],
    [isRead && body !== undefined, 'takes no body, being a GET'],
    [idempotency !== 'none' && method !== 'POST', 'takes an Idempotency-Key only as a POST'],
    [edge && (!isRead || caller !== 'public'), 'is held at the edge only as a public GET'],
    [stream !== 'never' && !isRead, 'is a stream only as a GET'],
    [stream === 'shared' && caller !== 'public', 'shares its stream only as a public one'],
    [hasUselessScope(route), 'names a scope only where a registrar may call'],
    [
      idempotency !== 'none' && (caller === 'public' || caller === 'anonymous'),
      'takes an Idempotency-Key only of callers that are known',
    ],
    [Object.keys(answers).length === 0, 'has a good answer'],
    [
      exampleNames.some((name) => !parametersOf(path).includes(name)),
      'has examples of its own parameters only',
    ],
    [
      typeof body === 'object' && examples?.body === undefined && !isInternal(route),
      'has an example of its body',
    ],
  ];
  for (const [isWrong, rule] of contradictions)
    if (isWrong) throw new Error(`Route ${id} (${method} ${path}) is not consistent: a route ${rule}.`);
}

function hasUselessScope({ scope, caller }: Route): boolean {
  return scope !== undefined && !scopedCallers.includes(caller);
}
