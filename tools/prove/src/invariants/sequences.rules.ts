import { courseTopic, semesterTopic } from '@registrar/contracts-courses';
import { enrollmentTopic } from '@registrar/contracts-enrollments';
import { userTopic } from '@registrar/contracts-gateway';
import { answerOf } from '../workload/journal.ts';
import { amendmentsOf } from '../snapshot/amendments.ts';
import { factsByStudent } from '../snapshot/facts.ts';
import type { TopicCopy, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** The path to the number in an event's data, by topic. */
const numberIn: Readonly<Record<string, readonly [string, ...string[]]>> = {
  [enrollmentTopic.name]: ['sequence'],
  [courseTopic.name]: ['course', 'version'],
  [semesterTopic.name]: ['semester', 'version'],
  [userTopic.name]: ['user', 'version'],
};

/** Topics whose numbers may leave some out: a change that enrollments refuses takes its number with it. */
const withGaps: ReadonlySet<string> = new Set([courseTopic.name, semesterTopic.name]);

/** Each event is on its topic at least once, in order, and a copy is the same to the byte. */
export const sequences = invariant(
  'sequences',
  'numbers from 1 without gaps (of courses: growing), each event at least once and in order, copies equal to the byte',
  checkSequences,
);

function checkSequences(snapshot: Snapshot, verdict: Verdict): void {
  const byKey = Map.groupBy(snapshot.copies, ({ topic, key }) => `${topic} ${key}`);
  for (const copies of byKey.values()) checkKey(copies, verdict);
  const last = new Map([...byKey].map(([name, copies]) => [name, highest(copies)]));
  for (const [courseId, { sequence }] of snapshot.seats) {
    const published = last.get(`${enrollmentTopic.name} ${courseId}`) ?? 0;
    verdict.expect(
      published === sequence,
      () => `${courseId} is at event ${sequence}, and ${published} is the last on its topic`,
      courseId,
    );
  }
  for (const [courseId, { version }] of snapshot.courses) {
    const published = last.get(`${courseTopic.name} ${courseId}`) ?? 0;
    verdict.expect(
      published === version,
      () => `${courseId} is at version ${version}, and ${published} is the last on its topic`,
      courseId,
    );
  }
  checkChanges(snapshot, verdict);
  checkStudents(snapshot, verdict);
}

function checkKey(copies: readonly TopicCopy[], verdict: Verdict): void {
  const first = new Map<string, TopicCopy>();
  let next = 1;
  for (const copy of copies) {
    const { topic, key, id } = copy;
    const courseId = topic === userTopic.name ? undefined : key;
    const original = first.get(id);
    if (original) {
      verdict.note('copies of events that were there already');
      verdict.expect(original.value === copy.value, () => `two copies of ${id} on ${topic} differ`, courseId);
      continue;
    }
    first.set(id, copy);
    const number = numberOf(copy);
    const isNext = withGaps.has(topic) ? number >= next : number === next;
    verdict.expect(
      isNext && copy.partition === copies[0]?.partition,
      () => `${topic} has number ${number} of ${key} where ${next} should come (event ${id})`,
      courseId,
    );
    next = Math.max(next, number) + 1;
  }
}

/** Each acknowledged change of a course is on its topic, under the version of the answer. */
function checkChanges({ copies, intents }: Snapshot, verdict: Verdict): void {
  const published = new Set(
    copies.filter(({ topic }) => topic === courseTopic.name).map((copy) => `${copy.key} ${numberOf(copy)}`),
  );
  for (const intent of intents) {
    const answer = answerOf(intent);
    if (intent.asked.kind !== 'change' || answer?.status !== 200) continue;
    const { courseId } = intent.asked;
    const { version } = answer.body;
    verdict.expect(
      published.has(`${courseId} ${version}`),
      () => `version ${version} of ${courseId} was acknowledged and is not on its topic`,
      courseId,
    );
  }
}

/**
 * Each commit of a student raised the version of the student's semester by one: none was lost. The release of a hold,
 * the grant of a permit and each try of a completion raise it too, once at most and without an event, where the student
 * waits: the places are judged again. So does each amendment.
 */
function checkStudents(snapshot: Snapshot, verdict: Verdict): void {
  const { facts, students, holdSpans, granted, intents, enrollments } = snapshot;
  const released = holdSpans.filter(({ releaseBegunAt }) => releaseBegunAt !== undefined);
  const completed = intents.flatMap(({ asked, attempts }) =>
    asked.kind === 'complete' ? attempts.map(() => asked) : [],
  );
  const loosened = Map.groupBy([...released, ...granted, ...completed], ({ userId }) => userId);
  const rows = Map.groupBy(enrollments.values(), ({ userId }) => userId);
  for (const [userId, own] of factsByStudent(facts)) {
    const amended = (rows.get(userId) ?? []).reduce((sum, row) => sum + amendmentsOf(row), 0);
    const versions = [...new Set(own.map(({ data }) => data.studentVersion))];
    const last = versions.at(-1) ?? 0;
    const kept = students.get(userId)?.version ?? 0;
    const silent = amended + (loosened.get(userId)?.length ?? 0);
    const gap = own[versions.findIndex((version, at) => version !== at + 1)];
    verdict.expect(
      kept - versions.length <= silent,
      () =>
        `${kept - versions.length} changes of ${userId} are missing, with ${silent} holds released, permits granted, completions asked for or places amended`,
      gap?.data.enrollment.courseId,
    );
    verdict.expect(
      kept >= last,
      () => `the semester of ${userId} is at version ${kept}, and the events at ${last}`,
    );
  }
}

function highest(copies: readonly TopicCopy[]): number {
  return copies.reduce((most, copy) => Math.max(most, numberOf(copy)), 0);
}

function numberOf({ topic, data }: TopicCopy): number {
  let at: unknown = data;
  for (const name of numberIn[topic] ?? []) at = Object(at)[name] as unknown;
  return Number(at);
}
