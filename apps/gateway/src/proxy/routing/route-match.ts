import { gatewayRoutes } from '@registrar/contracts-gateway';
import type { Route } from '@registrar/contracts-http';
import { LRUCache } from 'lru-cache';
import { publicRoutes } from '../../routes/routes.ts';
import { normalisedQuery, targetOf, textOf } from './target.rules.ts';
import type { Target } from './target.rules.ts';
import { Router } from './router.ts';
import type { RouteLookup } from './router.ts';

/** Matches cached for each method. */
const maxMatches = 10_000;
const maxCachedLength = 500;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Which limit counts a request; `internal` is for services only. */
type LimitKind = Route['limit'] | 'internal';

/** What follows from a request's method and target, for every caller alike. */
export interface RouteMatch {
  /** Undefined for a target that two readers could understand differently. */
  target: Target | undefined;
  lookup: RouteLookup;
  limit: LimitKind;
  /**
   * The key of the cached response, where the edge may hold one: the normalised target. The service is asked with
   * this very text, so that no response is cached under another question than its own.
   */
  edgeKey: string | undefined;
  /** The access token is not verified: the route gives one out, or takes another proof. */
  ignoresToken: boolean;
  /** `GET /api/auth/me`, which is answered before Nest. */
  isProfile: boolean;
}

/** Matches requests to routes, by method and target, cached. */
export class RouteMatcher {
  private readonly router = new Router(publicRoutes);
  private readonly cached = new Map<string, LRUCache<string, RouteMatch>>();

  match(method: string, url: string): RouteMatch {
    const cached = this.cacheFor(method);
    let match = cached?.get(url);
    if (!match) {
      match = this.matchUncached(method, url);
      if (url.length <= maxCachedLength) cached?.set(url, match);
    }
    return match;
  }

  private cacheFor(method: string): LRUCache<string, RouteMatch> | undefined {
    let cache = this.cached.get(method);
    if (!cache && methods.has(method)) this.cached.set(method, (cache = new LRUCache({ max: maxMatches })));
    return cache;
  }

  private matchUncached(method: string, url: string): RouteMatch {
    const target = targetOf(url);
    const lookup: RouteLookup = target ? this.router.find(method, target.path) : { kind: 'unknown' };
    const route = lookup.kind === 'unknown' ? undefined : lookup.route;
    const isRoute = lookup.kind === 'route';
    return {
      target,
      lookup,
      limit: isInternalPath(target?.path) ? 'internal' : (route?.limit ?? 'usual'),
      edgeKey:
        target && isRoute && lookup.route.edge
          ? textOf({ path: target.path, query: normalisedQuery(target.query) })
          : undefined,
      ignoresToken: route?.caller === 'anonymous',
      isProfile: isRoute && route === gatewayRoutes.me,
    };
  }
}

function isInternalPath(path = ''): boolean {
  return path === '/internal' || path.startsWith('/internal/');
}
