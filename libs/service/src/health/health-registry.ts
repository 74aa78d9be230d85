import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

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
  /** What the last check found. */
  health: DependencyHealth;
  /** When that was, ms on the process's clock. */
  checkedAt: number;
  /** A check that has not answered yet: no second one is begun beside it. */
  running: Promise<DependencyHealth> | undefined;
}

/** Between two checks, ms, and while something was never up yet. */
const everyMs = 1_000;
const everyMsAtStart = 200;
/** A check without an answer for so long counts as down, ms. */
const timeLimitMs = 1_000;
/** A state that is older says nothing any more, ms. */
const overdueMs = 5_000;

/**
 * Knows what the service depends on. A timer checks every dependency about once a second; asking for the
 * readiness reads what was found last, so that no number of requests makes a call.
 *
 * Readiness: `starting` until every dependency was up once, `unavailable` while one that is always needed is
 * away, `degraded` (still ready) while another is, `stopping` once a shutdown began. A dependency is down while
 * its check throws, gives no answer within a second, or was not made for five.
 */
export class HealthRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly dependencies = new Map<string, Dependency>();
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  /** Adds a dependency; it is `connecting` until the first check. */
  register(name: string, needed: Dependency['needed'], check: Dependency['check']): void {
    this.dependencies.set(name, {
      needed,
      check,
      seenUp: false,
      health: { state: 'connecting' },
      checkedAt: performance.now(),
      running: undefined,
    });
  }

  /** From now on not ready, so that load balancers look elsewhere. */
  stop(): void {
    this.stopping = true;
  }

  /** The readiness by the last checks. @param now ms on the process's clock */
  readiness(now = performance.now()): Readiness {
    const dependencies: Record<string, DependencyHealth> = {};
    let status: Readiness['status'] = 'ready';
    for (const [name, dependency] of this.dependencies) {
      const health = now - dependency.checkedAt > overdueMs ? overdue : dependency.health;
      dependencies[name] = health;
      if (health.state !== 'up') status = worse(status, verdict(dependency));
    }
    return { status: this.stopping ? 'stopping' : status, dependencies };
  }

  /** Checks every dependency now; takes as long as the time limit of a check at most. Never rejects. */
  async refresh(): Promise<void> {
    await Promise.all(
      [...this.dependencies.values()].map(async (dependency) => {
        const health = await checked(dependency);
        dependency.health = health;
        dependency.checkedAt = performance.now();
        if (health.state === 'up') dependency.seenUp = true;
      }),
    );
  }

  /** The first check is awaited, so that a service that listens has its readiness. */
  onApplicationBootstrap(): Promise<void> {
    return this.turn();
  }

  onApplicationShutdown(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async turn(): Promise<void> {
    await this.refresh();
    if (this.closed) return;
    const wait = this.readiness().status === 'starting' ? everyMsAtStart : everyMs;
    this.timer = setTimeout(() => void this.turn(), wait).unref();
  }
}

const overdue: DependencyHealth = { state: 'down', detail: 'The last check is overdue.' };
const silent: DependencyHealth = { state: 'down', detail: 'There was no answer in time.' };

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
  dependency.running ??= answered(dependency.check).finally(() => (dependency.running = undefined));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DependencyHealth>((resolve) => {
    timer = setTimeout(() => resolve(silent), timeLimitMs);
  });
  const health = await Promise.race([dependency.running, late]);
  clearTimeout(timer);
  return health;
}

async function answered(check: Dependency['check']): Promise<DependencyHealth> {
  try {
    return await check();
  } catch (error) {
    return { state: 'down', detail: error instanceof Error ? error.name : 'unknown' };
  }
}
