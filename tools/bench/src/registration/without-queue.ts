import { pathToFileURL } from 'node:url';
import { silentTerminal } from '@registrar/stack';
import type { PlannedUser } from '../dataset/dataset.ts';
import type { Generator } from '../load/start-generator.ts';
import { BenchSystem } from '../phases/bench-system.ts';
import { scriptPath } from '../script-path.ts';
import { gatewayWay } from './gateway-way.ts';
import type { Rush } from './scenario-result.ts';
import { rush } from './way.ts';

/**
 * The rushes of everybody on a system of its own with one difference: the enrollments service commits each request by
 * itself, as it comes.
 */
export async function rushesWithoutQueue(
  users: readonly PlannedUser[],
  rushes: number,
  generator: Generator,
): Promise<Rush[]> {
  const preload = pathToFileURL(scriptPath('naive/without-queue.preload')).href;
  // Silent: each of hundreds of requests that are to be sent again is a warning of its app.
  const env = { NODE_OPTIONS: `--import=${preload}` };
  const bench = await BenchSystem.start('bench-without-queue', env, { terminal: silentTerminal });
  try {
    const size = { students: users.length, spreadCourses: 1, rushes, aloneCourses: 1 };
    const way = await gatewayWay(bench, users, size);
    // Requests whose client has given up may still be committed.
    const enrolledIn = (courseId: string) => bench.untilIdle().then(() => way.enrolledIn(courseId));
    await bench.untilIdle();
    const results: Rush[] = [];
    for (const courseId of way.wideCourses)
      results.push(await rush({ ...way, enrolledIn }, courseId, generator));
    return results;
  } finally {
    await bench.stop();
  }
}
