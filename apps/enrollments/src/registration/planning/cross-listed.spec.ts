import { describe, expect, it } from 'vitest';
import { enrollmentItem, enrollmentOf } from '../../enrollment/store/enrollment.codec.ts';
import { now, offeringOf, seatsOf, semesterRules } from '../../enrollment/testing/builders.ts';
import { plainUpdate } from '../../enrollment/testing/plain-update.ts';
import { seatsAfterCodeUpdate } from '../../offerings/offering.rules.ts';
import { commitActions } from '../commit/commit-actions.ts';
import { dropping, enrolling } from '../testing/changes.ts';
import { ModelStore } from '../testing/model.ts';
import { coursePlanOf } from './course-plan.ts';

const tables = { definitions: [], name: (table: string) => table };
const ofClass = offeringOf('logic');
const phil = offeringOf('phil', { classId: 'logic', code: 'PHIL', section: '7', credits: 4 });

/** A class of `capacity` seats, `ofCode` of them under the code `phil`. */
function newStore(capacity: number, ofCode: number) {
  const offerings = new Map([ofClass, phil].map((each) => [each.courseId, each]));
  const store = new ModelStore(offerings, semesterRules());
  const update = plainUpdate({ capacity: ofCode });
  const seats = seatsOf('logic', { capacity, waitlistCapacity: 5 });
  store.seats.set('logic', seatsAfterCodeUpdate(seats, 'phil', update));
  return store;
}

const codesOf = (answers: ReturnType<ModelStore['commit']>) =>
  answers.map(({ answer }) => ('refusal' in answer ? answer.refusal.code : answer.status));

describe('a class with two codes', () => {
  it('is one item with one outbox entry, whose events say their own code', () => {
    const store = newStore(3, 2);
    store.commit('logic', [enrolling('logic', 'usr_a'), enrolling('phil', 'usr_b')], now);
    expect(store.events.map(({ sequence, offering }) => [sequence, offering.section])).toEqual([
      [1, '1'],
      [2, '7'],
    ]);
    expect(store.enrollments.get('phil usr_b')).toMatchObject({
      id: 'enr_phil_b',
      classId: 'logic',
      courseCode: 'PHIL',
      credits: 4,
    });
    const seats = store.seats.get('logic') ?? seatsOf('logic');
    const course = coursePlanOf({
      seats,
      offering: ofClass,
      semester: semesterRules(),
      codes: new Map([['phil', phil]]),
    });
    course.as('phil')?.change({});
    const { actions } = commitActions(tables, [...course.all], [], { nowMs: Date.parse(now) });
    expect(actions.map(({ owner }) => owner)).toEqual([{ kind: 'course', courseId: 'logic' }]);
  });

  it('stores the class of an enrollment as the key of its index, and the code beside it', () => {
    const store = newStore(3, 2);
    store.commit('logic', [enrolling('logic', 'usr_a'), enrolling('phil', 'usr_b')], now);
    const records = [...store.enrollments.values()];
    const items = records.map(enrollmentItem);
    expect(items.map(({ course_id, code_course_id }) => [course_id, code_course_id])).toEqual([
      ['logic', undefined],
      ['logic', 'phil'],
    ]);
    expect(items.map(enrollmentOf)).toEqual(records);
  });

  it('is taken once by a person, under either code', () => {
    const store = newStore(3, 2);
    store.commit('logic', [enrolling('phil', 'usr_a')], now);
    const [judged] = store.commit('logic', [enrolling('logic', 'usr_a')], now);
    expect(judged?.answer).toMatchObject({
      refusal: {
        code: 'already_enrolled',
        detail: expect.stringContaining('this class as PHIL') as string,
        members: { conflicts: ['phil'] },
      },
    });
  });

  it('passes over who waits under a code without a seat, and tells nobody', () => {
    const store = newStore(2, 1);
    store.commit('logic', [enrolling('phil', 'usr_a'), enrolling('logic', 'usr_b')], now);
    store.commit('logic', [enrolling('phil', 'usr_c'), enrolling('logic', 'usr_d')], now);
    store.commit('logic', [dropping('logic', 'usr_b')], now);
    expect(store.events.map(({ change }) => change)).not.toContain('passed-over');
    expect(store.enrollments.get('phil usr_c')?.status).toBe('waitlisted');
    expect(store.enrollments.get('logic usr_d')?.status).toBe('enrolled');
    expect(store.waitlist.get('logic')).toMatchObject([
      {
        courseId: 'logic',
        codeId: 'phil',
        userId: 'usr_c',
        isNotified: false,
        passedOver: { code: 'seat_unavailable' },
      },
    ]);
    store.commit('logic', [dropping('phil', 'usr_a')], now);
    expect(store.enrollments.get('phil usr_c')?.status).toBe('enrolled');
  });

  it('owes newcomers no seat where only those wait for whom none is free', () => {
    const store = newStore(3, 1);
    store.commit('logic', [enrolling('phil', 'usr_a'), enrolling('phil', 'usr_c')], now);
    const answers = store.commit(
      'logic',
      [enrolling('logic', 'usr_d', false), enrolling('phil', 'usr_e', false)],
      now,
    );
    expect(codesOf(answers)).toEqual([201, 'seat_unavailable']);
    expect(store.enrollments.get('phil usr_c')?.status).toBe('waitlisted');
  });

  it('does not have a course that is none of its codes', () => {
    expect(codesOf(newStore(2, 1).commit('logic', [enrolling('math', 'usr_a')], now))).toEqual([
      'course_not_found',
    ]);
  });
});
