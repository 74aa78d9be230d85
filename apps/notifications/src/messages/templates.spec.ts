import { campusTime } from '@registrar/campus';
import {
  courseNotificationTypes,
  holdNotificationTypes,
  notificationParams,
  permitNotificationTypes,
} from '@registrar/contracts-notifications';
import { describe, expect, it } from 'vitest';
import { accountMailTemplates } from './account-mail-templates.ts';
import { campusSignIn } from './campus-sign-in.template.ts';
import { courseTemplates } from './course-templates.ts';
import { exportReady } from './export-ready.template.ts';
import { holdTemplates } from './hold-templates.ts';
import { inboxText, mailContent, maxSubjectLength } from './layout.ts';
import type { CourseFacts, HoldFacts, PermitFacts } from './message.ts';
import { permitTemplates } from './permit-templates.ts';
import { paramsOf } from './params.rules.ts';
import { passwordChanged } from './password-changed.template.ts';
import { passwordReset } from './password-reset.template.ts';

const linkBase = 'https://registrar.example';
const facts: CourseFacts = {
  courseId: 'crs_a',
  enrollmentId: 'enr_a_b',
  code: 'CS 101',
  section: '2',
  title: 'Introduction to <Programming> & "Design"',
  meetings: [
    { day: 'mon', start: '09:00', end: '10:30', room: 'Hall 1' },
    { day: 'wed', start: '09:00', end: '10:30', room: 'Hall 1' },
  ],
  waitlistPosition: 3,
  reason: 'time_conflict',
  byRegistrar: false,
};

describe.each(courseNotificationTypes)('the template for %s', (type) => {
  const message = courseTemplates[type](facts, linkBase);

  it('reads as agreed', () => expect(mailContent(message, 'Robin Doe')).toMatchSnapshot());

  it('names the course, says what happens next and links to the system', () => {
    const { text, html } = mailContent(message, 'Robin Doe');
    expect(text).toContain('CS 101, section 2: Introduction to <Programming> & "Design"');
    expect(text).toContain('What happens next: ');
    expect(text).toContain(`${linkBase}/`);
    expect(html).not.toContain('<Programming>');
  });

  it('has its values as params, those that the contract names', () => {
    const params = paramsOf(type, facts);
    expect(notificationParams[type].parse(params)).toEqual(params);
    expect(params).toMatchObject({ courseCode: 'CS 101', section: '2', courseTitle: facts.title });
  });

  it('stays in bounds with a title of any length', () => {
    const long = courseTemplates[type]({ ...facts, title: 'x'.repeat(200) }, linkBase);
    expect(mailContent(long, 'y'.repeat(10_000)).subject.length).toBeLessThanOrEqual(maxSubjectLength);
    expect(mailContent(long, 'y'.repeat(10_000)).text.length).toBeLessThan(2_000);
  });
});

describe.each(holdNotificationTypes)('the template for %s', (type) => {
  const campus = campusTime('America/New_York', 'en');
  const hold: HoldFacts = {
    office: "Bursar's <Office>",
    blocks: ['enroll'],
    occurredAt: '2027-03-03T14:05:00.000Z',
  };
  const messageOf = (more: Partial<HoldFacts>) => holdTemplates[type]({ ...hold, ...more }, linkBase, campus);

  it.each([[['enroll']], [['drop']], [['enroll', 'drop']]] as HoldFacts['blocks'][][])(
    'reads as agreed where it stops %j',
    (blocks) => expect(mailContent(messageOf({ blocks }), 'Robin Doe')).toMatchSnapshot(),
  );

  it('names the office, says when in campus time, what is stopped and what to do, and links to the system', () => {
    const { subject, text, html } = mailContent(messageOf({}), 'Robin Doe');
    expect(subject).toContain(hold.office);
    for (const part of [hold.office, 'Mar 3, 2027, 9:05 AM EST', 'What to do: ', `${linkBase}/`])
      expect(text).toContain(part);
    expect(html).not.toContain('<Office>');
    expect(text).not.toContain('preferences');
    const texts = (['enroll', 'drop'] as const).map((block) => inboxText(messageOf({ blocks: [block] })));
    expect(texts).toEqual([expect.stringMatching(/tak(e|ing) courses/), expect.stringMatching(/drop/)]);
  });

  it('has its values as params, those that the contract names', () => {
    const params = paramsOf(type, hold);
    expect(notificationParams[type].parse(params)).toEqual(params);
    expect(params).toEqual(hold);
  });

  it('stays in bounds with an office of any name', () => {
    const { subject, text } = mailContent(messageOf({ office: 'x'.repeat(100) }), 'Robin Doe');
    expect(subject.length).toBeLessThanOrEqual(maxSubjectLength);
    expect(text.length).toBeLessThan(2_000);
  });
});

describe('the template for export_ready', () => {
  const facts = { exportId: 'exp_a', expiresAt: '2027-03-03T14:05:00.000Z' };
  const message = exportReady(facts, linkBase, campusTime('America/New_York', 'en'));

  it('says until when, in campus time, and links to the page where it is downloaded', () => {
    const { text, html } = mailContent(message, 'Robin Doe');
    expect(text).toContain('until Mar 3, 2027, 9:05 AM EST');
    expect(text).toContain(`${linkBase}/account#export=exp_a`);
    expect(html).toContain(`href="${linkBase}/account#export=exp_a"`);
    expect(text).not.toContain('preferences');
  });

  it('has its values as params, those that the contract names', () => {
    expect(notificationParams.export_ready.parse(paramsOf('export_ready', facts))).toEqual(facts);
  });
});

describe.each(permitNotificationTypes)('the template for %s', (type) => {
  const campus = campusTime('America/New_York', 'en');
  const permit: PermitFacts = {
    courseId: 'crs_a',
    code: 'CS 101',
    section: '2',
    title: 'Introduction to <Programming>',
    expiresAt: '2027-03-03T14:05:00.000Z',
    note: 'Talk to <me> first.',
  };
  const messageOf = (more: Partial<PermitFacts>) =>
    permitTemplates[type]({ ...permit, ...more }, linkBase, campus);

  it.each([{}, { note: '', expiresAt: null }])('reads as agreed with %j', (more) => {
    expect(mailContent(messageOf(more), 'Robin Doe')).toMatchSnapshot();
  });

  it('names the course and what was said, says what happens next, and links to the course', () => {
    const { text, html } = mailContent(messageOf({}), 'Robin Doe');
    for (const part of [
      'CS 101, section 2: Introduction to <Programming>',
      permit.note,
      'What happens next: ',
    ])
      expect(text).toContain(part);
    expect(text).toContain(`${linkBase}/courses/crs_a`);
    expect(text).toContain('preferences');
    expect(html).not.toMatch(/<me>|<Programming>/);
  });

  it('has its values as params, those that the contract names', () => {
    const params = paramsOf(type, permit);
    expect(notificationParams[type].parse(params)).toEqual(params);
    expect(params).toMatchObject({ courseCode: 'CS 101', courseTitle: permit.title, note: permit.note });
  });

  it('stays in bounds with a title and a note of any length', () => {
    const long = mailContent(messageOf({ title: 'x'.repeat(200), note: 'y'.repeat(500) }), 'Robin Doe');
    expect(long.subject.length).toBeLessThanOrEqual(maxSubjectLength);
    expect(long.text.length).toBeLessThan(2_000);
  });
});

describe('a mail', () => {
  it('says so where a registrar acted', () => {
    const text = inboxText(courseTemplates.dropped({ ...facts, byRegistrar: true }, linkBase));
    expect(text).toContain("The registrar's office did this for you.");
  });

  it.each([
    ['time_conflict', 'same time'],
    ['credit_limit_exceeded', 'credit limit'],
    ['prerequisite_not_met', 'prerequisite'],
    [null, 'does not fit'],
  ])('says in words why %s kept somebody from a seat', (reason, words) => {
    expect(inboxText(courseTemplates.passed_over({ ...facts, reason }, linkBase))).toContain(words);
  });

  it('shows a code with an ampersand and a slash as it is: once, in text, subject and HTML', () => {
    const message = courseTemplates.enrolled({ ...facts, code: 'M&E/A 101', title: 'Café' }, linkBase);
    const { subject, text, html } = mailContent(message, 'Robin Doe');
    for (const part of [subject, text]) expect(part).toContain('M&E/A 101');
    expect(html).toContain('M&amp;E/A 101');
    expect(html).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)|&amp;amp;/);
  });

  it('greets right-to-left and emoji names as they are, and a nameless person too', () => {
    const message = courseTemplates.enrolled(facts, linkBase);
    expect(mailContent(message, 'ליאור 🎓').text).toContain('Hello ליאור 🎓,');
    expect(mailContent(message, 'ליאור 🎓').html).toContain('<p dir="auto">Hello ליאור 🎓,</p>');
    expect(mailContent(message, '\r\n').text).toMatch(/^Hello there,\n/);
  });

  it('lets no name or title break out of its line', () => {
    const message = courseTemplates.enrolled({ ...facts, title: 'A\r\nBcc: b@registrar.example' }, linkBase);
    const { subject } = mailContent(message, 'Robin\r\nBcc: c@registrar.example');
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('the mail for a password reset', () => {
  const link = 'https://registrar.example/reset-password#?token=abc&x=1';

  it('reads as agreed', () => expect(mailContent(passwordReset(link), 'Robin Doe')).toMatchSnapshot());

  it('carries the link in both forms', () => {
    const { text, html } = mailContent(passwordReset(link), 'Robin Doe');
    expect(text).toContain(`\n${link}\n`);
    expect(html).toContain('href="https://registrar.example/reset-password#?token=abc&amp;x=1"');
  });
});

describe('the mail for a password reset of somebody who signs in by the campus', () => {
  const mail = mailContent(campusSignIn(`${linkBase}/sign-in`), 'Robin Doe');

  it('reads as agreed', () => expect(mail).toMatchSnapshot());

  it('leads to the sign-in page', () => expect(mail.text).toContain(`\n${linkBase}/sign-in\n`));
});

describe('the mail after a change of the password', () => {
  const changed = passwordChanged('2027-03-03T14:05:00.000Z', linkBase, campusTime('America/New_York', 'en'));

  it('reads as agreed', () => expect(mailContent(changed, 'Robin Doe')).toMatchSnapshot());

  it('says what happened, when, and what to do', () => {
    const { text } = mailContent(changed, 'Robin Doe');
    expect(text).toContain('was changed on Mar 3, 2027, 9:05 AM EST');
    expect(text).toContain('If it was not you');
    expect(text).toContain(`${linkBase}/reset-password`);
  });
});

describe.each(['confirm_email', 'email_taken', 'sign_in_link'] as const)('the mail %s', (kind) => {
  const link = 'https://registrar.example/confirm-email#?token=abc&x=1';
  const { subject, text, html } = mailContent(accountMailTemplates[kind](link), '');

  it('reads as agreed', () => expect({ subject, text, html }).toMatchSnapshot());

  it('has its link, greets without a name and says that it is always sent', () => {
    expect(text).toContain(link);
    expect(text).toMatch(/^Hello there,/);
    expect(html).toContain('href="https://registrar.example/confirm-email#?token=abc&amp;x=1"');
    expect(text).toContain('Mails of this kind are always sent.');
  });
});
