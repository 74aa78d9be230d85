/**
 * Bench only, loaded by `--import` before the enrollments service: each request is committed by itself, at once, and
 * again after a pause where another one was first. The rest of the service is as it is.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../script-path.ts';

/** As much of the service's queue as is taken out. */
interface Queue {
  readonly commits: {
    commit(entries: readonly unknown[], prefetched: undefined): Promise<{ again: readonly unknown[] }>;
  };
  push(entry: unknown): void;
}

/** Pauses as a client of DynamoDB makes them: drawn from zero to a limit that doubles, ms. */
const firstPauseMs = 20;
const longestPauseMs = 1_000;

async function commitAlone({ commits }: Queue, entry: unknown): Promise<void> {
  let limitMs = firstPauseMs;
  for (let left: readonly unknown[] = [entry]; ; limitMs = Math.min(longestPauseMs, 2 * limitMs)) {
    left = (await commits.commit(left, undefined)).again;
    if (left.length === 0) return;
    await delay(Math.random() * limitMs);
  }
}

const service = join(workspaceRoot, 'apps', 'enrollments', 'dist');
if (process.argv[1]?.startsWith(service)) {
  const file = join(service, 'registration', 'commit', 'course-queue.js');
  const { CourseQueue } = (await import(pathToFileURL(file).href)) as { CourseQueue: { prototype: Queue } };
  CourseQueue.prototype.push = function alone(this: Queue, entry) {
    void commitAlone(this, entry);
  };
}
