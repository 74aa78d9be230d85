import type { FastifyInstance } from 'fastify';

/**
 * Which methods a path has, so that a wrong method is distinguished from an unknown path (405 with `Allow`).
 *
 * Own code because Fastify keeps its router to itself: it can say whether a route pattern exists, not which
 * methods a concrete path has.
 */
export class RouteTable {
  private readonly routes: { pattern: RegExp; method: string }[] = [];

  /** Notes every route that `fastify` gets from now on. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) this.addRoute(method, route.url);
    });
  }

  /** Notes one route; `url` may hold `:parameters`. */
  addRoute(method: string, url: string): void {
    const source = url
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/:\w+/g, '[^/]+')
      .replaceAll('*', '.*');
    this.routes.push({ method, pattern: new RegExp(`^${source}$`) });
  }

  /** The methods of the path of `url`, sorted; empty where the path is unknown. */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '/';
    return [
      ...new Set(this.routes.filter((route) => route.pattern.test(path)).map((route) => route.method)),
    ].sort();
  }
}
