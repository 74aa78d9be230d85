/** How a dependency stands. */
export type DependencyState = 'up' | 'connecting' | 'down';

/** What `/health/ready` says of one dependency. */
export interface DependencyHealth {
  state: DependencyState;
  /** Why, in words; without addresses or secrets. */
  detail?: string;
}

/** What `/health/ready` answers. */
export interface Readiness {
  status: 'ready' | 'degraded' | 'starting' | 'unavailable' | 'stopping';
  dependencies: Record<string, DependencyHealth>;
}

interface Dependency {
  check: () => DependencyHealth | Promise<DependencyHealth>;
  /**
   * `always`: without it the service can do nothing; `at-start`: it is waited for once, later it may be away;
   * `never`: it may be away at any time.
   */
  needed: 'always' | 'at-start' | 'never';
  seenUp: boolean;
}

/**
 * Knows what the service depends on.
 *
 * Readiness: `starting` until every dependency was up once, `unavailable` while one that is always needed is
 * away, `degraded` (still ready) while another is, `stopping` once a shutdown began.
 */
export class HealthRegistry {
  private readonly dependencies = new Map<string, Dependency>();
  private stopping = false;

  /** Adds a dependency; `check` must answer quickly and not throw. */
  register(name: string, needed: Dependency['needed'], check: Dependency['check']): void {
    this.dependencies.set(name, { needed, check, seenUp: false });
  }

  /** From now on not ready, so that load balancers look elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  async readiness(): Promise<Readiness> {
    const dependencies: Record<string, DependencyHealth> = {};
    let status: Readiness['status'] = 'ready';
    for (const [name, dependency] of this.dependencies) {
      const health = await checked(dependency);
      dependencies[name] = health;
      if (health.state === 'up') dependency.seenUp = true;
      else status = worse(status, verdict(dependency));
    }
    return { status: this.stopping ? 'stopping' : status, dependencies };
  }
}

const order: Readiness['status'][] = ['ready', 'degraded', 'starting', 'unavailable', 'stopping'];

function worse(a: Readiness['status'], b: Readiness['status']): Readiness['status'] {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function verdict({ needed, seenUp }: Dependency): Readiness['status'] {
  if (needed === 'never') return 'degraded';
  if (!seenUp) return 'starting';
  return needed === 'always' ? 'unavailable' : 'degraded';
}

async function checked(dependency: Dependency): Promise<DependencyHealth> {
  try {
    return await dependency.check();
  } catch (error) {
    return { state: 'down', detail: error instanceof Error ? error.name : 'unknown' };
  }
}
