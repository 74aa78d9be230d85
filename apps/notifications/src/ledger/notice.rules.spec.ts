import { campusTime } from '@registrar/campus';
import { enrollmentChanges } from '@registrar/contracts-enrollments';
import { accountMailRequested, passwordResetRequested, sessionRevoked } from '@registrar/contracts-gateway';
import { makeEvent } from '@registrar/messaging';
import { describe, expect, it } from 'vitest';
import {
  accountMailNotice,
  enrollmentNotice,
  holdNotice,
  notificationTypeOf,
  passwordChangedNotice,
  resetNotice,
} from './notice.rules.ts';
import { enrollmentEventOf, holdEventOf } from '../testing/events.ts';

const linkBase = 'https://registrar.example';

describe('what an enrollment event tells its student', () => {
  it('has the dates of meetings that are not weekly', () => {
    const event = enrollmentEventOf({});
    const exam = {
      day: 'mon',
      start: '14:00',
      end: '17:00',
      room: 'A',
      startsOn: '2026-12-14',
      endsOn: '2026-12-14',
    } as const;
    const weekly = { day: 'tue', start: '09:00', end: '10:00', room: 'A' } as const;
    const data = { ...event.data, course: { ...event.data.course, meetings: [exam, weekly] } };
    expect(enrollmentNotice({ ...event, data }, linkBase)?.facts?.meetings).toEqual([exam, weekly]);
  });

  it('is one of seven things, or nothing', () => {
    const types = enrollmentChanges.map((change) =>
      notificationTypeOf(`registrar.enrollments.enrollment.${change}`),
    );
    expect(types).toEqual([
      'enrolled',
      'waitlisted',
      'promoted',
      'passed_over',
      'dropped',
      'withdrawn',
      'cancelled',
      undefined,
    ]);
    expect(notificationTypeOf('registrar.courses.course.cancelled')).toBeUndefined();
    expect(enrollmentNotice(enrollmentEventOf({ change: 'completed' }), linkBase)).toBeUndefined();
  });

  it('is nothing where a registrar undid a completion', () => {
    const data = { reason: 'completion_undone', actorId: 'usr_r', actorRole: 'registrar' };
    expect(enrollmentNotice(enrollmentEventOf({ data }), linkBase)).toBeUndefined();
    expect(enrollmentNotice(enrollmentEventOf({ data: { reason: 'other' } }), linkBase)).toBeDefined();
  });

  it('is nothing where other credits were chosen', () => {
    expect(
      enrollmentNotice(enrollmentEventOf({ data: { reason: 'credits_changed' } }), linkBase),
    ).toBeUndefined();
  });

  it('is one thing for both events of a transfer: that the student was moved', () => {
    const data = { reason: 'transferred', actorId: 'usr_r', actorRole: 'registrar' };
    const notice = enrollmentNotice(enrollmentEventOf({ data }), linkBase);
    expect(notice).toMatchObject({ kind: 'transferred', category: 'enrollment', inbox: true });
    expect(notice?.subject).toBe('Moved to another section: CS 101 (Introduction to Programming)');
    expect(enrollmentNotice(enrollmentEventOf({ change: 'dropped', data }), linkBase)).toBeUndefined();
  });

  it('has the same id however often the event comes, and another for another event', () => {
    const event = enrollmentEventOf();
    expect(enrollmentNotice(event, linkBase)).toEqual(enrollmentNotice(structuredClone(event), linkBase));
    const other = enrollmentNotice({ ...event, id: 'evt_other' }, linkBase);
    expect(other?.id).not.toBe(enrollmentNotice(event, linkBase)?.id);
    expect(other?.id).toMatch(/^ntf_[a-z2-7]{20}$/);
  });

  it('belongs to the student of the enrollment, whichever user acted', () => {
    const event = enrollmentEventOf({
      userId: 'usr_student',
      data: { actorId: 'usr_r', actorRole: 'registrar' },
    });
    expect(enrollmentNotice(event, linkBase)).toMatchObject({
      recipientId: 'usr_student',
      inbox: true,
      category: 'enrollment',
      facts: { byRegistrar: true },
    });
  });

  it('is bounded and of single lines, whatever the course is called', () => {
    const event = enrollmentEventOf({ title: `A\r\nBcc: x@registrar.example ${'z'.repeat(10_240)}` });
    const notice = enrollmentNotice(event, linkBase);
    expect(notice?.subject).not.toMatch(/[\r\n]/);
    expect(notice?.subject.length).toBeLessThanOrEqual(150);
    expect(notice?.facts?.title.length).toBeLessThanOrEqual(200);
    expect(notice?.text.length).toBeLessThan(2_000);
  });
});

describe('what a hold event tells its student', () => {
  const campus = campusTime('America/New_York', 'en');
  const at = new Date('2027-01-01T05:00:00.000Z');

  it.each(['placed', 'released'] as const)('is that it was %s, in the inbox and always by mail', (change) => {
    const event = holdEventOf(change, { userId: 'usr_a', blocks: ['drop'], at });
    const notice = holdNotice(event, linkBase, campus);
    expect(notice).toEqual(holdNotice(structuredClone(event), linkBase, campus));
    expect(notice).toMatchObject({
      kind: `hold_${change}`,
      eventId: event.id,
      eventAtMs: at.getTime(),
      recipientId: 'usr_a',
      inbox: true,
      hold: { office: "Bursar's Office", blocks: ['drop'], occurredAt: at.toISOString() },
      text: expect.stringContaining('Jan 1, 2027, 12:00 AM EST') as string,
    });
    expect(notice?.category).toBeUndefined();
    expect(notice?.facts).toBeUndefined();
  });

  it('is nothing for events of another kind', () => {
    for (const type of ['registrar.enrollments.hold.moved', 'registrar.enrollments.enrollment.enrolled'])
      expect(holdNotice({ ...holdEventOf('placed'), type }, linkBase, campus)).toBeUndefined();
  });

  it('is bounded and of single lines, whatever the office is called', () => {
    const office = `A\r\nBcc: x@registrar.example ${'z'.repeat(10_240)}`;
    const notice = holdNotice(holdEventOf('placed', { office }), linkBase, campus);
    expect(notice?.subject).not.toMatch(/[\r\n]/);
    expect(notice?.subject.length).toBeLessThanOrEqual(150);
    expect(notice?.hold?.office).not.toMatch(/[\r\n]/);
    expect(notice?.text.length).toBeLessThan(2_000);
  });
});

describe('a password reset', () => {
  it('makes a mail that is in no inbox and carries no link', () => {
    const data = { resetId: 'rst_a', userId: 'usr_a', expiresAt: '2027-01-01T00:30:00.000Z' };
    const parts = { id: 'evt_a', subject: 'usr_a', time: new Date('2027-01-01T00:00:00.000Z'), data };
    const notice = resetNotice(makeEvent(passwordResetRequested, parts));
    expect(notice).toMatchObject({
      inbox: false,
      resetId: 'rst_a',
      mailExpiresAtMs: Date.parse(data.expiresAt),
    });
    expect(notice.category).toBeUndefined();
    expect(JSON.stringify(notice)).not.toContain('http');
  });
});

describe('a mail that the gateway words', () => {
  it('is in no inbox, and carries neither a link nor a person', () => {
    const data = { mailId: 'cnf_a', expiresAt: '2027-01-02T00:00:00.000Z' };
    const parts = { id: 'evt_a', subject: 'cnf_a', time: new Date('2027-01-01T00:00:00.000Z'), data };
    const notice = accountMailNotice(makeEvent(accountMailRequested, parts));
    expect(notice).toMatchObject({
      inbox: false,
      recipientId: 'cnf_a',
      accountMailId: 'cnf_a',
      mailExpiresAtMs: Date.parse(data.expiresAt),
    });
    expect(notice.category).toBeUndefined();
  });
});

describe('ended sessions', () => {
  const ended = (reason: 'logout' | 'password' | 'roles' | 'reuse', laterMs = 0) => {
    const data = { userId: 'usr_a', sessionId: null, notBefore: '2027-01-01T00:00:00.000Z', reason };
    const parts = { id: 'evt_a', subject: 'usr_a', time: new Date('2027-01-01T00:00:00.000Z'), data };
    return passwordChangedNotice(makeEvent(sessionRevoked, parts), parts.time.getTime() + laterMs);
  };

  it('make a mail to the owner, in no inbox and stopped by nothing, where the password changed', () => {
    expect(ended('password')).toMatchObject({
      kind: 'password_changed',
      recipientId: 'usr_a',
      inbox: false,
      eventAtMs: Date.parse('2027-01-01T00:00:00.000Z'),
    });
    expect(ended('password')?.category).toBeUndefined();
  });

  it('make none where it is more than an hour later', () => {
    expect(ended('password', 60 * 60_000)).toBeDefined();
    expect(ended('password', 60 * 60_000 + 1)).toBeUndefined();
  });

  it.each(['logout', 'roles', 'reuse'] as const)('make none otherwise: %s', (reason) => {
    expect(ended(reason)).toBeUndefined();
  });
});
