import { describe, expect, it } from 'vitest';
import { judgeSections } from '../judge-sections.rules.ts';
import { courseBodiesFormat } from './course-bodies.rules.ts';
import { registrarFormat } from './registrar.rules.ts';
import { umdFormat } from './umd.rules.ts';

const reading = { unread: 'text' } as const;
const file = (...lines: unknown[]) => [
  {
    name: 'list.jsonl',
    text: lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  },
];

describe('the format of this command', () => {
  const lecture = {
    departmentId: 'BIO',
    code: 'BIO 150',
    title: 'Cells',
    credits: { min: 1, max: 4 },
    capacity: 40,
    meetings: [
      { day: 'mon', start: '09:00', end: '09:50', room: 'A 1', startsOn: '2027-02-01', endsOn: '2027-03-01' },
    ],
    instructors: ['Somebody'],
    prerequisiteText: 'BIO 100 and junior standing.',
    linked: [{ component: 'lab', sections: [{ code: 'BIO 150', section: 'AL' }] }],
  };
  const lab = {
    departmentId: 'BIO',
    code: 'BIO 150',
    section: 'AL',
    component: 'lab',
    title: 'Cells',
    credits: 0,
    capacity: 20,
  };

  it('holds a course with its links, cross-lists and rules', () => {
    const other = { ...lab, code: 'NEU 150', section: '1', crossListedOf: { code: 'BIO 150' } };
    const { sections, unreadable } = registrarFormat.read(file('\uFEFF', lecture, '', lab, other), reading);
    expect(unreadable).toEqual([]);
    expect(sections[0]).toMatchObject({
      where: 'line 2',
      fields: {
        code: 'BIO 150',
        section: '1',
        credits: 4,
        minCredits: 1,
        requirement: { course: 'BIO 100' },
        restriction: { levels: ['junior', 'senior'] },
      },
      linked: [{ component: 'lab', sections: [{ code: 'BIO 150', section: 'AL' }] }],
      losses: [],
      remarks: [
        expect.stringContaining('standing') as string,
        expect.stringContaining('Instructors') as string,
      ],
    });
    expect(sections[2]).toMatchObject({ where: 'line 5', crossListedOf: { code: 'BIO 150', section: '1' } });
    expect(Object.keys(sections[1]?.fields ?? {}).sort()).toEqual(
      ['capacity', 'code', 'component', 'credits', 'departmentId', 'description', 'section', 'title'].sort(),
    );
    expect(judgeSections({ sections, unreadable }).flatMap(({ losses }) => losses)).toEqual([]);
  });

  it('adds what a text asks for to what the line does', () => {
    const both = {
      ...lab,
      requirement: { credits: 30 },
      restriction: { groups: ['honors'] },
      prerequisiteText: 'BIO 100 and senior standing.',
    };
    const [section] = registrarFormat.read(file(both), reading).sections;
    expect(section).toMatchObject({
      fields: {
        requirement: { all: [{ credits: 30 }, { course: 'BIO 100' }] },
        restriction: { groups: ['honors'] },
      },
      losses: [{ kind: 'text', cause: expect.stringContaining('another one in English') as string }],
    });
  });

  it('refuses unknown fields, wrong ones and what is no JSON, by line, and reads the others', () => {
    const { sections, unreadable } = registrarFormat.read(
      file(
        { ...lab, seats: 3 },
        '{"code":',
        '[1]',
        '"text"',
        { ...lab, capacity: 'many' },
        { ...lab, linked: [{ component: 'gym', sections: [] }] },
        lab,
      ),
      reading,
    );
    expect(sections.map(({ where }) => where)).toEqual(['line 7']);
    expect(
      unreadable.map(({ where, name, losses }) => [where, name, losses[0]?.cause, losses[0]?.detail]),
    ).toEqual([
      ['line 1', 'BIO 150 AL', 'A field is unknown.', 'seats'],
      ['line 2', '', 'The line is not JSON.', '{"code":'],
      ['line 3', '', expect.stringContaining('missing'), expect.any(String)],
      ['line 4', '', expect.stringContaining('missing'), expect.any(String)],
      ['line 5', 'BIO 150 AL', expect.stringContaining('missing'), expect.stringContaining('capacity')],
      [
        'line 6',
        'BIO 150 AL',
        expect.stringContaining('missing'),
        expect.stringContaining('linked.0.component'),
      ],
    ]);
  });
});

describe('bodies of the API', () => {
  const line = (code: string, capacity: number, more: object = {}) => ({
    crn: '1',
    body: {
      semesterId: '2024-fall',
      departmentId: code.slice(0, 4),
      code,
      section: '01',
      title: 'Structures',
      description: 'Trusses.',
      credits: 1,
      capacity,
      waitlistCapacity: 0,
      meetings: [{ day: 'mon', start: '09:00', end: '09:50', room: 'TBA' }],
      prerequisites: ['ARCH-1000'],
      status: 'open',
    },
    instructors: ['Instructor 1', 'TBA'],
    enrolled: 0,
    creditsMax: 1,
    prereqText: null as string | null,
    crossListGroup: null as string | null,
    losses: [] as string[],
    ...more,
  });

  it('have variable credits, and their rules by the text and not by the list that was made of it', () => {
    const [section] = courseBodiesFormat.read(
      file(
        line('ARCH-2330', 90, {
          creditsMax: 15,
          prereqText: 'Prerequisite: ARCH 2000 or ARCH 2010.',
          losses: ['variable_credits'],
        }),
      ),
      reading,
    ).sections;
    expect(section).toMatchObject({
      semesterId: '2024-fall',
      fields: {
        credits: 15,
        minCredits: 1,
        requirement: { any: [{ course: 'ARCH-2000' }, { course: 'ARCH-2010' }] },
      },
      losses: [],
    });
    expect(section?.fields).not.toHaveProperty('prerequisites');
  });

  it('of one class are one class: its main code has the most seats, and the class all of them', () => {
    const { sections } = courseBodiesFormat.read(
      file(line('ARCH-5140', 15, { crossListGroup: 'X1' }), line('ARCH-2330', 90, { crossListGroup: 'X1' })),
      reading,
    );
    const [other, main] = sections;
    expect(main).toMatchObject({ fields: { capacity: 105 }, crossListedOf: null, losses: [] });
    expect(main?.remarks.join()).toContain('main code');
    expect(other).toMatchObject({
      fields: { capacity: 15 },
      crossListedOf: { code: 'ARCH-2330', section: '01' },
      losses: [],
    });
    expect(
      ['meetings', 'status', 'waitlistCapacity'].filter((name) => name in (other?.fields ?? {})),
    ).toEqual([]);
    expect(judgeSections({ sections, unreadable: [] }).flatMap(({ losses }) => losses)).toEqual([]);
  });

  it('lose what one class under one code twice says, and the dates of a part of the semester', () => {
    const second = line('ARCH-2330', 10, { crossListGroup: 'X1', losses: ['part_of_term'] });
    const { sections } = courseBodiesFormat.read(
      file(line('ARCH-2330', 90, { crossListGroup: 'X1' }), {
        ...second,
        body: { ...second.body, section: '02' },
      }),
      reading,
    );
    expect(sections.map(({ fields, crossListedOf }) => [fields.capacity, crossListedOf])).toEqual([
      [90, null],
      [10, null],
    ]);
    expect(sections[1]?.losses.map(({ kind }) => kind)).toEqual(['model', 'source']);
  });

  it('of another shape are said by their line', () => {
    const { body: _, ...bare } = line('ARCH-2330', 1);
    const { unreadable } = courseBodiesFormat.read(file(bare, '{}', 'garbage'), reading);
    expect(unreadable.map(({ where }) => where)).toEqual(['line 1', 'line 2', 'line 3']);
  });
});

describe('courses of umd.io', () => {
  const meeting = (more: object) => ({
    days: '',
    room: '',
    building: '',
    classtype: '',
    start_time: '',
    end_time: '',
    ...more,
  });
  const course = (id: string, relationships: object, ...meetings: object[]) => ({
    course_id: id,
    semester: '202005',
    name: 'Diaspora',
    dept_id: 'AASP',
    department: 'African American Studies',
    credits: '1 - 3',
    description: 'About it.',
    grading_method: ['Regular'],
    gen_ed: ['DSHS'],
    core: [],
    relationships: {
      coreqs: null,
      prereqs: null,
      formerly: null,
      restrictions: null,
      additional_info: null,
      also_offered_as: null,
      credit_granted_for: null,
      ...relationships,
    },
    sections: [
      {
        course: id,
        section_id: `${id}-0101`,
        semester: '202005',
        number: '0101',
        seats: '20',
        meetings,
        open_seats: '1',
        waitlist: '0',
        instructors: ['Instructor 1'],
      },
    ],
  });
  const read = (...courses: unknown[]) =>
    umdFormat.read([{ name: 'umd.json', text: JSON.stringify(courses) }], reading);

  it('have meetings by day, kinds and places without hours in words, and facts in the description', () => {
    const twice = course(
      'AASP100',
      {
        prereqs: 'AASP101.',
        coreqs: 'AASP102.',
        restrictions: 'Must be in History program.',
        formerly: 'AASP298.',
      },
      meeting({ days: 'MW', building: 'TYD', room: '1132', start_time: '9:30am', end_time: '12:15pm' }),
      meeting({ days: 'MW', building: 'TYD', room: '1132', start_time: '9:30am', end_time: '12:15pm' }),
      meeting({
        days: 'F',
        building: 'TYD',
        room: '1',
        classtype: 'Discussion',
        start_time: '1:00pm',
        end_time: '1:50pm',
      }),
      meeting({ room: 'ONLINE' }),
    );
    const { sections, unreadable } = read(twice, twice);
    expect([sections.length, unreadable]).toEqual([1, []]);
    expect(sections[0]).toMatchObject({
      departmentName: 'African American Studies',
      fields: {
        departmentId: 'AASP',
        section: '0101',
        credits: 3,
        minCredits: 1,
        capacity: 20,
        requirement: { all: [{ course: 'AASP101' }, { course: 'AASP102', concurrent: true }] },
        restriction: { programs: ['History'] },
        meetings: [
          { day: 'mon', start: '09:30', end: '12:15', room: 'TYD 1132' },
          { day: 'wed', start: '09:30', end: '12:15', room: 'TYD 1132' },
          { day: 'fri', start: '13:00', end: '13:50', room: 'TYD 1' },
        ],
      },
      losses: [],
    });
    for (const part of [
      'Discussion: fri 13:00-13:50',
      'No fixed hours: ONLINE.',
      'Formerly: AASP298.',
      'General education: DSHS',
    ])
      expect(sections[0]?.fields.description).toContain(part);
  });

  it('lose another code of the class where that is offered too, and hours that cannot be read', () => {
    const { sections } = read(
      course(
        'AASP100',
        { also_offered_as: 'HIST360 and WMST498.' },
        meeting({ days: 'X', start_time: 'noon' }),
      ),
      course('HIST360', {}),
    );
    expect(sections[0]?.losses.map(({ cause }) => cause)).toEqual([
      'A meeting has no days or hours that can be read.',
      expect.stringContaining('another code'),
    ]);
    expect(sections[1]?.losses).toEqual([]);
  });

  it('that are not as they should be are said by their place; a file that is no list is refused', () => {
    const { unreadable } = read({ course_id: 'X' }, 7, null, { ...course('AASP100', {}), credits: 'some' });
    expect(unreadable.map(({ where }) => where)).toEqual([
      'umd.json course 1',
      'umd.json course 2',
      'umd.json course 3',
      'umd.json course 4 section 0101',
    ]);
    for (const text of ['{}', 'garbage', ''])
      expect(() => umdFormat.read([{ name: 'umd.json', text }], reading)).toThrow(
        /Format umd: umd.json is not/,
      );
  });
});
