import { describe, expect, it } from 'vitest';
import { judgeSections } from '../judge-sections.rules.ts';
import { claremontFormat } from './claremont.rules.ts';
import { stolafFormat } from './stolaf.rules.ts';
import { ucsdFormat } from './ucsd.rules.ts';

const reading = { unread: 'text' } as const;

describe('tables of UCSD', () => {
  const courses = [
    'AAS 10R\tA "quoted" title\t4\tPrerequisites: AAS 1 or upper-division standing.',
    'AIP 97\tInternship\t2, 4\t',
    'BIO 1\tCells\t4\t',
  ];
  const read = (sections: string[], of = courses) =>
    ucsdFormat.read(
      [
        {
          name: 'courses.tsv',
          text: ['course_number\tcourse_name\tunits\tprerequisites_text', ...of].join('\n'),
        },
        {
          name: 'sections.tsv',
          text: ['subj_course_id\tsec_code\tsec_id\tinstructor\ttotal_seats\tmeetings', ...sections, ''].join(
            '\n',
          ),
        },
      ],
      reading,
    );

  it('have lecture, discussion and an examination on its date', () => {
    const { sections } = read([
      'BIO 1\tA01\t1\tInstructor 2\t34\tLE,TuTh,16:00 - 17:20,RCLAS R05|DI,W,14:00 - 14:50,RCLAS R05|FI,2024-12-12,8:00 - 10:59,',
    ]);
    expect(sections[0]).toMatchObject({
      fields: {
        departmentId: 'BIO',
        component: 'lecture',
        capacity: 34,
        description:
          'Lecture: tue, thu 16:00-17:20. Discussion: wed 14:00-14:50. Final examination: 2024-12-12 08:00-10:59.',
        meetings: [
          { day: 'tue', start: '16:00', end: '17:20', room: 'RCLAS R05' },
          { day: 'thu', start: '16:00', end: '17:20', room: 'RCLAS R05' },
          { day: 'wed', start: '14:00', end: '14:50', room: 'RCLAS R05' },
          {
            day: 'thu',
            start: '08:00',
            end: '10:59',
            room: '',
            startsOn: '2024-12-12',
            endsOn: '2024-12-12',
          },
        ],
      },
      losses: [],
    });
  });

  it('are one section where one id has several rows, and no meeting where there are no hours', () => {
    const { sections } = read([
      'BIO 1\t001\t7\tStaff\t9999\tSE,M,9:00 - 9:50,A',
      'BIO 1\t001\t7\tStaff\t9999\tFI,2024-12-09,9:00 - 9:50,A',
      'BIO 1\t002\t8\tStaff\t0\tIN,N/A,0:00 - 0:00,TBA TBA',
    ]);
    expect(
      sections.map(({ fields, remarks }) => [
        fields.section,
        fields.meetings?.length,
        fields.component,
        remarks.length,
      ]),
    ).toEqual([
      ['001', 2, 'seminar', 2],
      ['002', 0, 'other', 2],
    ]);
  });

  it('lose a choice of credits, a rule that stays a text and hours that cannot be read', () => {
    const { sections } = read([
      'AIP 97\t001\t1\tStaff\t10\tLE,,8:00 - 17:00,X|ZZ,M,8:00 - 9:00,X',
      'AAS 10R\tA00\t2\tStaff\t5\t',
    ]);
    expect(sections[0]?.losses.map(({ kind }) => kind)).toEqual(['model', 'source', 'source']);
    expect(sections[1]?.losses.map(({ kind }) => kind)).toEqual(['text']);
    expect(sections[1]?.fields.title).toBe('A "quoted" title');
  });

  it('are not loaded without title and credits, nor from a broken row', () => {
    const { sections, unreadable } = read(
      ['ZOO 1\t001\t1\tStaff\t10\t', 'BIO 1\tonly', 'BIO 1\t001\t1\tStaff\tmany\t'],
      courses,
    );
    expect(unreadable.map(({ losses }) => losses[0]?.cause)).toEqual([
      expect.stringContaining('no such course'),
      expect.stringContaining('as many cells'),
    ]);
    expect(judgeSections({ sections, unreadable: [] })).toMatchObject([
      { offered: undefined, losses: [{ kind: 'source' }] },
    ]);
    expect(() => ucsdFormat.read([{ name: 'x', text: 'garbage' }], reading)).toThrow(
      /none of the files is a table/,
    );
  });
});

describe('the schedule of St. Olaf', () => {
  const element = (fields: Record<string, string>) =>
    `<course>${Object.entries({
      coursestatus: 'O',
      deptname: 'BIO',
      coursenumber: '150',
      coursesection: 'A',
      coursesubtype: 'R',
      coursename: 'Cells &amp; Genes',
      pn: 'Y',
      notes: '',
      instructors: 'Staff',
      halfcredit: '',
      credits: '1.00',
      gereqs: '',
      enroll: '3',
      max: '20',
      meetingtimes: '',
      meetinglocations: '',
      groupid: '',
      grouptype: '',
      ...fields,
    })
      .map(([name, text]) => `<${name}>${text}</${name}>`)
      .join('')}</course>`;
  const read = (...elements: string[]) =>
    stolafFormat.read(
      [
        {
          name: 'list.xml',
          text: `<?xml version='1.0'?><searchresults>${elements.join('\n')}</searchresults>`,
        },
      ],
      reading,
    );

  it('links a lecture to the labs of its group, and has their notes as text', () => {
    const group = { groupid: '7', grouptype: '1' };
    const { sections } = read(
      element({
        ...group,
        notes: 'Students in Bio 150A must also register for one lab Bio 150 AL or BL.',
        meetingtimes: 'T 0935-1100 &lt;br&gt;Th 0120-0245PM',
        meetinglocations: 'RNS 310RNS 310',
      }),
      element({ ...group, coursesubtype: 'L', credits: '0.00' }),
      element({ ...group, coursesubtype: 'L', coursesection: 'B', credits: '0.00' }),
      element({ ...group, grouptype: '2', coursesubtype: 'L', coursesection: 'C', credits: '0.00' }),
    );
    expect(sections[0]).toMatchObject({
      fields: {
        code: 'BIO 150',
        section: 'A',
        title: 'Cells & Genes',
        meetings: [
          { day: 'tue', start: '09:35', end: '11:00', room: 'RNS 310' },
          { day: 'thu', start: '13:20', end: '14:45', room: 'RNS 310' },
        ],
      },
      linked: [
        {
          component: 'lab',
          sections: [
            { code: 'BIO 150', section: 'AL' },
            { code: 'BIO 150', section: 'BL' },
          ],
        },
      ],
      losses: [],
    });
    expect(sections[0]?.fields.description).toContain('Students in Bio 150A must also');
    expect(judgeSections({ sections, unreadable: [] }).flatMap(({ losses }) => losses)).toEqual([]);
  });

  it('has limits of class years, rules in notes, and closed courses that are not full', () => {
    const { sections } = read(
      element({
        coursestatus: 'C',
        firstyear: '0/0',
        senior: '0/0',
        notes: 'Open only to juniors and sophomores.',
      }),
      element({
        coursestatus: 'C',
        coursesection: 'B',
        enroll: '20',
        notes: 'Prerequisite: BIO 123 or permission of instructor.&lt;br&gt;Course fee $25.',
      }),
      element({ coursesection: 'C', notes: 'Open to senior Nursing majors only.' }),
    );
    expect(
      sections.map(({ fields, losses }) => [fields.status, fields.requirement, fields.restriction, losses]),
    ).toEqual([
      ['closed', undefined, { levels: ['sophomore', 'junior'] }, []],
      ['open', { course: 'BIO 123' }, undefined, []],
      ['open', undefined, { programs: ['Nursing'], levels: ['senior'] }, []],
    ]);
  });

  it('loses halves without dates, rooms that run together, limits and rules that cannot be held', () => {
    const { sections, unreadable } = read(
      element({ halfcredit: '2' }),
      element({
        coursesection: 'B',
        meetingtimes: 'M 0900-1000&lt;br&gt;T 0900-1000',
        meetinglocations: 'A 1B 22',
      }),
      element({ coursesection: 'C', meetingtimes: 'sometimes' }),
      element({ coursesection: 'D', firstyear: '1/8', sophomore: '0/5' }),
      element({ coursesection: 'E', notes: 'This section is for Leads.' }),
      element({ coursesection: 'F', firstyear: '0/0', notes: 'Open to first-year Nursing majors only.' }),
      element({ coursesection: 'G', credits: 'Var' }),
      element({ coursesection: 'H', coursesubtype: 'Q' }),
    );
    expect(sections.map(({ losses }) => losses.map(({ kind }) => kind))).toEqual([
      ['source'],
      ['source'],
      ['source'],
      ['model'],
      ['text'],
      [expect.any(String)],
    ]);
    expect(unreadable.map(({ name }) => name)).toEqual(['BIO 150 G', 'BIO 150 HQ']);
  });

  it('that is no XML, or another one, is refused', () => {
    for (const text of [
      'garbage',
      '',
      '<a><b></a>',
      '<searchresults/>',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ])
      expect(() => stolafFormat.read([{ name: 'list.xml', text }], reading), text).toThrow(
        /Format stolaf: list.xml/,
      );
  });
});

describe('tables of the Claremont Colleges', () => {
  const id = 'BIO 007  PO-01 SP2024';
  const json = (name: string, rows: object[]) => ({ name, text: JSON.stringify(rows) });
  const section = (more: object = {}) => ({
    courseSectionId: id,
    courseSectionNumber: '01',
    capacity: '35',
    currentEnrollment: '0',
    status: 'O',
    creditHours: '0.25',
    ...more,
  });
  const schedule = (more: object = {}) => ({
    courseSectionId: id,
    classBeginningTime: '935',
    classEndingTime: '1050',
    classMeetingDays: '--T-R--',
    instructionSiteName: 'PO LINC 1109',
    ...more,
  });
  const sessions = json('sessions.json', [
    { externalId: 'SP2024', beginDate: '20240116', endDate: '20240510' },
    { externalId: 'SP2024P1', beginDate: '20240116', endDate: '20240301' },
  ]);
  const titles = { name: 'titles.tsv', text: 'code\ttitle\nBIO 007  PO\tCells\n' };
  const read = (sections: object[], schedules: object[], session = 'SP2024') =>
    claremontFormat.read(
      [
        json('sections.json', sections),
        json('schedules.json', schedules),
        json('of.json', [{ calendarSessionExternalId: session, courseSectionId: id }]),
        json('staff.json', [{ courseSectionId: id, staffExternalIds: ['Instructor 1'] }]),
        sessions,
        titles,
      ],
      reading,
    );

  it('have a section once, and its meetings on the dates of its session', () => {
    const { sections } = read([section(), section()], [schedule()], 'SP2024P1');
    expect(sections).toMatchObject([
      {
        fields: {
          departmentId: 'BIO',
          code: 'BIO 007 PO',
          section: '01',
          title: 'Cells',
          credits: 0.25,
          capacity: 35,
          status: 'open',
          meetings: [
            {
              day: 'tue',
              start: '09:35',
              end: '10:50',
              room: 'PO LINC 1109',
              startsOn: '2024-01-16',
              endsOn: '2024-03-01',
            },
            {
              day: 'thu',
              start: '09:35',
              end: '10:50',
              room: 'PO LINC 1109',
              startsOn: '2024-01-16',
              endsOn: '2024-03-01',
            },
          ],
        },
        losses: [],
      },
    ]);
    expect(read([section()], [schedule()]).sections[0]?.fields.meetings?.[0]).not.toHaveProperty('startsOn');
  });

  it('lose days that cannot be read, and a session without meetings', () => {
    const none = { classBeginningTime: '0', classEndingTime: '0', classMeetingDays: '-------' };
    const lossesOf = (row: object, session?: string) =>
      read([section()], [schedule(row)], session).sections[0]?.losses.map(({ kind }) => kind);
    expect(lossesOf({ classMeetingDays: '-------' })).toEqual(['source']);
    expect(lossesOf({ classMeetingDays: '--X----' })).toEqual(['source']);
    expect(lossesOf(none)).toEqual([]);
    expect(lossesOf(none, 'SP2024P1')).toEqual(['model']);
  });

  it('are not loaded without a title, credits or a known status', () => {
    const { unreadable } = read(
      [
        section({ courseSectionId: 'ZOO 001  PO-01 SP2024' }),
        section({ creditHours: '' }),
        section({ status: 'Z' }),
      ],
      [schedule()],
    );
    expect(unreadable.map(({ losses }) => losses[0]?.cause)).toEqual([
      'The table of titles has no such course.',
      'Credits are not said.',
      'A status is unknown.',
    ]);
  });

  it('that are others are refused by name', () => {
    for (const files of [
      [titles],
      [sessions],
      [{ name: 'x', text: 'garbage' }, titles],
      [json('x.json', [{ a: 1 }]), titles],
      [json('x.json', []), titles],
    ])
      expect(() => claremontFormat.read(files, reading)).toThrow(/Format claremont: /);
  });
});
