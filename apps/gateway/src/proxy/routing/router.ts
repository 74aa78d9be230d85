import type { Route } from './routes.ts';

/** What the table says of a method and a path. */
export type Match =
  | { kind: 'route'; route: Route; pattern: string }
  /** The path is there, with other methods. */
  | { kind: 'method'; allowed: string[] }
  /** The table does not know the path. */
  | { kind: 'unknown' };

interface Entry {
  route: Route;
  segments: string[];
}

const unknown: Match = { kind: 'unknown' };

/**
 * Finds the row of the routing table for a request.
 *
 * A literal row goes before one with a parameter, so that `/api/enrollments/me` is never somebody's id.
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
  match(method: string, path: string): Match {
    const segments = path.split('/').slice(1);
    const fitting = (this.byShape.get(shapeOf(segments)) ?? []).filter((entry) => fits(entry, segments));
    const [first] = fitting;
    if (!first) return unknown;
    // Rows of the same pattern are one path; a row with a parameter does not lend its methods to a literal one.
    const ofPath = fitting.filter(({ route }) => route.path === first.route.path);
    const entry = ofPath.find(({ route }) => route.methods.includes(method));
    if (entry) return { kind: 'route', route: entry.route, pattern: entry.route.path };
    return { kind: 'method', allowed: [...new Set(ofPath.flatMap(({ route }) => route.methods))].sort() };
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
