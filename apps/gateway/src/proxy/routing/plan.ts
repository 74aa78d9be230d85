import { LRUCache } from 'lru-cache';
import { normalisedQuery, targetOf, textOf } from './target.rules.ts';
import type { Target } from './target.rules.ts';
import { Router } from './router.ts';
import { routes } from './routes.ts';
import type { Match } from './router.ts';

/** Targets remembered for each method, so that those that come again are not taken apart again. */
const maxPlans = 10_000;
const maxRememberedLength = 500;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Which requests of the gateway's own are counted how. */
export type OwnKind = 'operations' | 'internal' | 'sign-in' | 'own';

/** What a request's method and target come to, whoever asks. */
export interface Plan {
  /** Undefined where the target is one that two readers could understand differently. */
  target: Target | undefined;
  match: Match;
  /** How the gateway's own paths are counted; those of services are `own` too. */
  kind: OwnKind;
  /**
   * Under which the edge holds the answer, where it may: the normalised target, and the very text that the service
   * is asked with, so that no answer can be held under another question than its own.
   */
  edgeKey: string | undefined;
  /** The token of the request is not looked at: the call gives one out, or takes another proof. */
  ignoresToken: boolean;
  /** `GET /api/auth/me`, which is answered before Nest: no other method of it is anywhere. */
  isProfile: boolean;
}

const signIn = new Set([
  '/api/auth/login',
  '/api/auth/register',
  '/api/auth/password-reset',
  '/api/auth/password-reset/confirm',
]);
const profilePath = '/api/auth/me';
const profileMethods = ['GET', 'HEAD'];
const tokenless = new Set([...signIn, '/api/auth/refresh']);
const operations = new Set(['/health/live', '/health/ready', '/.well-known/jwks.json']);

/** Makes and remembers plans. */
export class Plans {
  private readonly router = new Router(routes);
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
    const unknown = { kind: 'unknown' } as const;
    if (!target)
      return {
        target,
        match: unknown,
        kind: 'own',
        edgeKey: undefined,
        ignoresToken: false,
        isProfile: false,
      };
    const match = target.path === profilePath ? profileMatch(method) : this.router.match(method, target.path);
    const atEdge = match.kind === 'route' && match.route.edge;
    return {
      target,
      match,
      kind: kindOf(target.path),
      edgeKey: atEdge ? textOf({ path: target.path, query: normalisedQuery(target.query) }) : undefined,
      ignoresToken: tokenless.has(target.path),
      isProfile: target.path === profilePath && match.kind === 'unknown',
    };
  }
}

function profileMatch(method: string): Match {
  if (profileMethods.includes(method)) return { kind: 'unknown' };
  return { kind: 'method', allowed: profileMethods };
}

function kindOf(path: string): OwnKind {
  if (operations.has(path)) return 'operations';
  if (path === '/internal' || path.startsWith('/internal/')) return 'internal';
  return signIn.has(path) ? 'sign-in' : 'own';
}
