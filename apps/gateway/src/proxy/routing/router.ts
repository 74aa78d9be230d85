import type { Route } from '@registrar/contracts-http';

/** What the routing table has for a method and a path. */
export type RouteLookup =
  | { kind: 'route'; route: Route }
  /** The path is there, with other methods; `route` is one of them. */
  | { kind: 'method'; route: Route; allowed: string[] }
  /** The table does not have the path. */
  | { kind: 'unknown' };

interface Entry {
  route: Route;
  segments: string[];
}

const unknown: RouteLookup = { kind: 'unknown' };

/**
 * Finds the route of a request.
 *
 * A literal path goes before one with a parameter, so that `/api/enrollments/me` is never somebody's id.
 */
export class Router {
  private readonly byShape = new Map<string, Entry[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.path.split('/').slice(1);
      const shape = shapeOf(segments);
      this.byShape.set(shape, [...(this.byShape.get(shape) ?? []), { route, segments }]);
    }
    for (const entries of this.byShape.values()) entries.sort((a, b) => parameters(a) - parameters(b));
  }

  /** @param path normalised, without query */
  find(method: string, path: string): RouteLookup {
    const segments = path.split('/').slice(1);
    const fitting = (this.byShape.get(shapeOf(segments)) ?? []).filter((entry) => fits(entry, segments));
    const [first] = fitting;
    if (!first) return unknown;
    // Routes of the same pattern are one path; one with a parameter does not lend its methods to a literal one.
    const ofPath = fitting.map(({ route }) => route).filter(({ path: own }) => own === first.route.path);
    const route = ofPath.find((each) => methodsOf(each).includes(method));
    if (route) return { kind: 'route', route };
    return { kind: 'method', route: first.route, allowed: ofPath.flatMap(methodsOf).sort() };
  }
}

function shapeOf(segments: string[]): string {
  return `${segments.length}/${segments[1] ?? ''}`;
}

function parameters({ segments }: Entry): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function fits({ segments }: Entry, path: string[]): boolean {
  return segments.every(
    (segment, at) => segment === path[at] || (segment.startsWith(':') && path[at] !== ''),
  );
}

/** The methods of a route: HEAD wherever GET is. */
function methodsOf({ method }: Pick<Route, 'method'>): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
