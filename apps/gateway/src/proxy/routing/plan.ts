import { gatewayRoutes } from '@registrar/contracts-gateway';
import type { Route } from '@registrar/contracts-http';
import { LRUCache } from 'lru-cache';
import { publicRoutes } from '../../routes/routes.ts';
import { normalisedQuery, targetOf, textOf } from './target.rules.ts';
import type { Target } from './target.rules.ts';
import { Router } from './router.ts';
import type { Match } from './router.ts';

/** Targets remembered for each method, so that those that come again are not taken apart again. */
const maxPlans = 10_000;
const maxRememberedLength = 500;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Which limit counts a request; `internal` is for services only. */
export type LimitKind = Route['limit'] | 'internal';

/** What a request's method and target say of it, for every caller alike. */
export interface Plan {
  /** Undefined where the target is one that two readers could understand differently. */
  target: Target | undefined;
  match: Match;
  /** By which limit it is counted. */
  kind: LimitKind;
  /**
   * Under which the edge holds the answer, where it may: the normalised target, and the very text that the service
   * is asked with, so that no answer can be held under another question than its own.
   */
  edgeKey: string | undefined;
  /** The token of the request is not looked at: the call gives one out, or takes another proof. */
  ignoresToken: boolean;
  /** `GET /api/auth/me`, which is answered before Nest. */
  isProfile: boolean;
}

/** Makes and remembers plans. */
export class Plans {
  private readonly router = new Router(publicRoutes);
  private readonly known = new Map<string, LRUCache<string, Plan>>();

  of(method: string, url: string): Plan {
    const known = this.rememberedFor(method);
    let plan = known?.get(url);
    if (!plan) {
      plan = this.make(method, url);
      if (url.length <= maxRememberedLength) known?.set(url, plan);
    }
    return plan;
  }

  private rememberedFor(method: string): LRUCache<string, Plan> | undefined {
    const known = this.known.get(method);
    if (known || !methods.has(method)) return known;
    const fresh = new LRUCache<string, Plan>({ max: maxPlans });
    this.known.set(method, fresh);
    return fresh;
  }

  private make(method: string, url: string): Plan {
    const target = targetOf(url);
    const match: Match = target ? this.router.match(method, target.path) : { kind: 'unknown' };
    const route = match.kind === 'unknown' ? undefined : match.route;
    const isRoute = match.kind === 'route';
    return {
      target,
      match,
      kind: isInternalPath(target?.path) ? 'internal' : (route?.limit ?? 'usual'),
      edgeKey:
        target && isRoute && match.route.edge
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
