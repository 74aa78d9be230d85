/**
 * Bench only, loaded by `--import` before the enrollments service: change sets over several courses are tried in the turns
 * that a file names at the moment. The rest of the service is as it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '../script-path.ts';
import { turnsFileVariable } from './set-turns.ts';
import type { Turns } from './set-turns.ts';

interface ChangeSet {
  readonly add: readonly { readonly courseId: string }[];
}

interface Request {
  readonly trace: unknown;
}

type Outcome = { readonly answer: object } | { readonly contendedCourse: string | undefined };
type Work = () => Promise<Outcome>;

/** As much of the service's committer as is replaced. */
interface Committer {
  readonly sets: {
    attempt(set: ChangeSet, options: { trace: unknown; promotes: boolean }): Promise<Outcome>;
  };
  readonly setCommits: { runInTurn(work: Work): Promise<Outcome> };
  queueOf(courseId: string): { exclusive(work: Work): Promise<Outcome> };
  commitAlone(set: ChangeSet, request: Request): Promise<Outcome>;
}

const freeTries: Record<Turns, number> = { free: Infinity, home: 0, alone: 2, own: 0 };
const longestPauseMs = 12;
/** The service's own limit, ms. */
const commitWithinMs = 5_000;

const { serviceUnavailable } = (await import(
  pathToFileURL(join(workspaceRoot, 'libs', 'service', 'dist', 'index.js')).href
)) as { serviceUnavailable(detail: string): Error };

async function commitInTurns(
  committer: Committer,
  set: ChangeSet,
  trace: unknown,
  turns: Turns,
): Promise<Outcome> {
  const lateAtMs = performance.now() + commitWithinMs;
  let contended = turns === 'home' ? set.add[0]?.courseId : undefined;
  const tryOnce = async () => {
    if (performance.now() >= lateAtMs) throw serviceUnavailable('Tried for too long.');
    return committer.sets.attempt(set, { trace, promotes: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await (contended === undefined || attempt <= freeTries[turns]
      ? committer.setCommits.runInTurn(tryOnce)
      : committer.queueOf(contended).exclusive(tryOnce));
    if ('answer' in outcome) return outcome;
    if (turns === 'alone') contended = outcome.contendedCourse ?? contended;
    await delay(Math.random() * longestPauseMs);
  }
}

const file = process.env[turnsFileVariable];
const service = join(workspaceRoot, 'apps', 'enrollments', 'dist');
if (file !== undefined && process.argv[1]?.startsWith(service)) {
  const path = join(service, 'registration', 'commit', 'course-committer.js');
  const { CourseCommitter } = (await import(pathToFileURL(path).href)) as {
    CourseCommitter: { prototype: Committer };
  };
  const { prototype } = CourseCommitter;
  const own = prototype.commitAlone;
  prototype.commitAlone = function inTurns(this: Committer, set, request) {
    const turns = readFileSync(file, 'utf8') as Turns;
    if (turns === 'own') return own.call(this, set, request);
    return commitInTurns(this, set, request.trace, turns);
  };
}
