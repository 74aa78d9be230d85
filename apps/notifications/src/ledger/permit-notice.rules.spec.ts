import { campusTime } from '@registrar/campus';
import { describe, expect, it } from 'vitest';
import { holdEventOf, permitEventOf } from '../testing/events.ts';
import { permitNotice, permitTypeOf } from './permit-notice.rules.ts';

const linkBase = 'https://registrar.example';
const campus = campusTime('America/New_York', 'en');
const at = new Date('2027-01-01T05:00:00.000Z');

describe('what a permit event tells its student', () => {
  it.each([
    ['granted', 'permitted'],
    ['declined', 'permit_declined'],
  ] as const)('is that it was %s, in the inbox and by mail for who wants it', (change, kind) => {
    const note = 'Passed the audition.';
    const event = permitEventOf(change, { userId: 'usr_a', courseId: 'crs_a', note, at });
    const notice = permitNotice(event, linkBase, campus);
    expect(notice).toEqual(permitNotice(structuredClone(event), linkBase, campus));
    expect(notice).toMatchObject({
      kind,
      eventId: event.id,
      eventAtMs: at.getTime(),
      recipientId: 'usr_a',
      inbox: true,
      category: 'enrollment',
      text: expect.stringContaining(note) as string,
      permit: { courseId: 'crs_a', code: 'CS 101', section: '2', note, expiresAt: null },
    });
  });

  it('is nothing for events of another kind', () => {
    const other = { ...permitEventOf('granted'), type: 'registrar.enrollments.permit.moved' };
    expect(permitNotice(other, linkBase, campus)).toBeUndefined();
    for (const type of [holdEventOf('placed').type, 'toString', ''])
      expect(permitTypeOf(type)).toBeUndefined();
  });

  it('is bounded and of single lines, whatever is said', () => {
    const long = `A\r\nBcc: x@registrar.example ${'z'.repeat(10_240)}`;
    const event = permitEventOf('declined', {
      courseTitle: long,
      courseCode: long,
      section: long,
      note: long,
    });
    const notice = permitNotice(event, linkBase, campus);
    expect(notice?.subject).not.toMatch(/[\r\n]/);
    expect(notice?.subject.length).toBeLessThanOrEqual(150);
    expect(notice?.permit?.note).not.toMatch(/[\r\n]/);
    expect(notice?.permit?.note.length).toBeLessThanOrEqual(500);
    expect(notice?.text.length).toBeLessThan(2_000);
  });
});
