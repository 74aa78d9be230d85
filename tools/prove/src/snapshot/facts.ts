import { enrollmentChanges, enrollmentTopic } from '@registrar/contracts-enrollments';
import type { EnrollmentChange, EnrollmentEventData } from '@registrar/contracts-enrollments';
import type { Fact, TopicCopy } from './snapshot.ts';

const typePrefix = 'registrar.enrollments.enrollment.';

/** The facts about enrollments among `copies`, each once, by course. */
export function factsOf(copies: readonly TopicCopy[]): Map<string, Fact[]> {
  const facts = new Map<string, Fact[]>();
  const seen = new Set<string>();
  for (const { topic, key, id, type, data, partition, offset } of copies) {
    if (topic !== enrollmentTopic.name || seen.has(id)) continue;
    seen.add(id);
    const fact = {
      id,
      change: changeOf(type),
      partition,
      offset,
      data: data as EnrollmentEventData,
    };
    const course = facts.get(key);
    if (course) course.push(fact);
    else facts.set(key, [fact]);
  }
  return facts;
}

/** All facts of `facts` that concern each student, in the order of the student's own versions. */
export function factsByStudent(facts: ReadonlyMap<string, readonly Fact[]>): Map<string, Fact[]> {
  const byStudent = Map.groupBy([...facts.values()].flat(), ({ data }) => data.enrollment.userId);
  for (const own of byStudent.values())
    own.sort((a, b) => a.data.studentVersion - b.data.studentVersion || a.data.sequence - b.data.sequence);
  return byStudent;
}

/** All facts of each enrollment, in the order of its versions. */
export function factsByEnrollment(facts: ReadonlyMap<string, readonly Fact[]>): Map<string, Fact[]> {
  const byEnrollment = Map.groupBy([...facts.values()].flat(), ({ data }) => data.enrollment.id);
  for (const own of byEnrollment.values())
    own.sort((a, b) => a.data.enrollment.version - b.data.enrollment.version);
  return byEnrollment;
}

/** A course's facts in the order of their sequence, which is the order of the commits. */
export function inSequence(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => a.data.sequence - b.data.sequence);
}

/** Reasons of events that say more of a seat which is held already. */
const ofHeldSeat = ['completion_undone', 'credits_changed'];

/** Whether a change gives a seat. */
export function takesSeat({ change, data }: Pick<Fact, 'change' | 'data'>): boolean {
  return change === 'promoted' || (change === 'enrolled' && !ofHeldSeat.includes(data.reason ?? ''));
}

/** Whether a place in this status takes a seat, time and credits. */
export function holdsSeat(status: string): boolean {
  return status === 'enrolled' || status === 'completed';
}

function changeOf(type: string): EnrollmentChange {
  const change = enrollmentChanges.find((name) => `${typePrefix}${name}` === type);
  if (!change) throw new Error(`An event of enrollments is of the unknown type ${type}.`);
  return change;
}
