import { z } from 'zod';
import { UsageFault } from '../../faults.ts';
import type { CatalogueFormat, SourceFile } from '../catalogue-format.ts';
import { clockOf, daysOf, distinctMeetings, kindsInWords } from '../meeting-times.rules.ts';
import type { Meeting } from '../meeting-times.rules.ts';
import { namesAreNoAccounts } from '../offered-section.ts';
import type { Loss, OfferedSection, UnreadableSection } from '../offered-section.ts';
import { creditsOf, describe } from '../section-parts.rules.ts';
import { askedFields, textRules } from '../text-rules.rules.ts';
import type { TextReading, TextRules } from '../text-rules.rules.ts';

const text = z.string().nullable();
const meeting = z.strictObject({
  days: z.string(),
  room: z.string(),
  building: z.string(),
  classtype: z.string(),
  start_time: z.string(),
  end_time: z.string(),
});
const section = z.strictObject({
  course: z.string(),
  section_id: z.string(),
  semester: z.string(),
  number: z.string(),
  seats: z.string(),
  meetings: z.array(meeting),
  open_seats: z.string(),
  waitlist: z.string(),
  instructors: z.array(z.string()),
});
const course = z.strictObject({
  course_id: z.string(),
  semester: z.string(),
  name: z.string(),
  dept_id: z.string(),
  department: z.string(),
  credits: z.string(),
  description: text,
  grading_method: z.array(z.string()),
  gen_ed: z.array(z.string()),
  core: z.array(z.string()),
  relationships: z.strictObject({
    coreqs: text,
    prereqs: text,
    formerly: text,
    restrictions: text,
    additional_info: text,
    also_offered_as: text,
    credit_granted_for: text,
  }),
  sections: z.array(section),
});

type UmdCourse = z.infer<typeof course>;
type UmdSection = z.infer<typeof section>;

const attributes = 'Grading methods and general education are said in the description.';
const onceForCredit = 'Courses of which one gives credit only are said in the description.';

/** Courses as umd.io has them, each with its sections. */
export const umdFormat: CatalogueFormat = {
  name: 'umd',
  description: 'JSON of umd.io: a list of courses with their sections',
  read(files, reading) {
    const sections: OfferedSection[] = [];
    const unreadable: UnreadableSection[] = [];
    const found = distinct(files.flatMap(coursesOf));
    const offered = new Set(found.map(({ value }) => (value as { course_id?: unknown } | null)?.course_id));
    for (const { where, value } of found) {
      const { data, error } = course.safeParse(value);
      const [issue] = error?.issues ?? [];
      if (!data) {
        const detail = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
        const cause = 'A course is not as the format has it.';
        unreadable.push({ where, name: '', losses: [{ kind: 'source', cause, detail }] });
        continue;
      }
      const credits = creditsOf(data.credits);
      const rules = withClass(rulesOf(data, reading), data, offered);
      for (const each of data.sections) {
        const at = `${where} section ${each.number}`;
        if (credits.fields) sections.push(sectionOf(at, data, each, rules));
        else unreadable.push({ where: at, name: each.section_id, losses: credits.losses });
      }
    }
    return { sections, unreadable };
  },
};

interface Found {
  readonly where: string;
  readonly value: unknown;
}

function coursesOf({ name, text: content }: SourceFile): Found[] {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new UsageFault(`Format umd: ${name} is not JSON.`);
  }
  if (!Array.isArray(json)) throw new UsageFault(`Format umd: ${name} is not a list of courses.`);
  return json.map((value, at) => ({ where: `${name} course ${at + 1}`, value: value as unknown }));
}

/** The service lists courses twice, once for each department that has them. */
function distinct(found: readonly Found[]): Found[] {
  return [...new Map(found.map((each) => [JSON.stringify(each.value), each])).values()];
}

function rulesOf({ relationships }: UmdCourse, reading: TextReading): TextRules {
  const { prereqs, coreqs, restrictions } = relationships;
  return textRules(
    [prereqs ?? '', coreqs === null || coreqs === '' ? '' : `Corequisite: ${coreqs}`, restrictions ?? ''],
    { separator: '', ...reading },
  );
}

function sectionOf(where: string, own: UmdCourse, each: UmdSection, rules: TextRules): OfferedSection {
  const read = each.meetings.map(meetingsOf);
  const places = [...new Set(read.flatMap(({ place }) => place))];
  const kinds = new Set(each.meetings.map(({ classtype }) => classtype));
  const facts = factsOf(own);
  const spread = read.flatMap(({ kind, meetings }) =>
    (meetings.length > 0 ? meetings : [null]).map((one) => ({ kind, meeting: one })),
  );
  const { credit_granted_for: onlyOnce } = own.relationships;
  const fields = creditsOf(own.credits);
  return {
    where,
    departmentName: own.department,
    fields: {
      departmentId: own.dept_id,
      code: own.course_id,
      section: each.number,
      component: componentOf(each),
      title: own.name,
      description: describe(own.description, [
        ...(kinds.size > 1 ? [kindsInWords(spread)] : []),
        ...(places.length > 0 ? [`No fixed hours: ${places.join(', ')}.`] : []),
        ...facts,
        ...rules.kept,
      ]),
      ...(fields.fields ?? { credits: Number.NaN }),
      ...askedFields(rules.fields),
      capacity: each.seats === '' ? Number.NaN : Number(each.seats),
      meetings: distinctMeetings(read.flatMap(({ meetings }) => meetings)),
    },
    linked: [],
    crossListedOf: null,
    losses: [...fields.losses, ...read.flatMap(({ losses }) => losses), ...rules.losses],
    remarks: [
      ...rules.remarks,
      ...(own.grading_method.length + own.gen_ed.length + own.core.length > 0 ? [attributes] : []),
      ...(onlyOnce === null ? [] : [onceForCredit]),
      ...(each.instructors.length > 0 ? [namesAreNoAccounts] : []),
    ],
  };
}

function meetingsOf(each: z.infer<typeof meeting>) {
  const room = [each.building, each.room].filter((part) => part !== '').join(' ');
  const kind = each.classtype === '' ? 'Lecture' : each.classtype;
  const nothing = { kind, meetings: [] as Meeting[], losses: [] as Loss[], place: [] as string[] };
  if (each.days === '' && each.start_time === '') return { ...nothing, place: room === '' ? [] : [room] };
  const [days, start, end] = [daysOf(each.days), clockOf(each.start_time), clockOf(each.end_time)];
  if (!days || !start || !end) {
    const cause = 'A meeting has no days or hours that can be read.';
    return { ...nothing, losses: [{ kind: 'source' as const, cause, detail: JSON.stringify(each) }] };
  }
  return { ...nothing, meetings: days.map((day) => ({ day, start, end, room })) };
}

function componentOf({ meetings }: UmdSection): 'lab' | 'discussion' | 'lecture' {
  const all = new Set(meetings.map(({ classtype }) => classtype));
  if (all.size !== 1) return 'lecture';
  return all.has('Lab') ? 'lab' : all.has('Discussion') ? 'discussion' : 'lecture';
}

function factsOf({ grading_method, gen_ed, core, relationships }: UmdCourse): string[] {
  const lines = [
    ['Grading', grading_method.join(', ')],
    ['General education', gen_ed.join(', ')],
    ['CORE', core.join(', ')],
    ['Formerly', relationships.formerly],
    ['Also offered as', relationships.also_offered_as],
    ['Credit granted for', relationships.credit_granted_for],
    ['', relationships.additional_info],
  ] as const;
  return lines.flatMap(([label, value]) =>
    value === null || value === '' ? [] : [label === '' ? value : `${label}: ${value}`],
  );
}

/** The other codes of a class that are offered too: the file names courses, and not which of their sections it is. */
function withClass(rules: TextRules, { relationships }: UmdCourse, offered: ReadonlySet<unknown>): TextRules {
  const { also_offered_as: also, additional_info: info } = relationships;
  const names = also ?? /(?:cross-?listed with|jointly offered with)[^.]*/i.exec(info ?? '')?.[0] ?? '';
  const codes = (names.match(/\b[A-Z]{4}\d{3}[A-Z]?\b/g) ?? []).filter((code) => offered.has(code));
  if (codes.length === 0) return rules;
  const cause = 'Offered under another code too, and not said which of its sections.';
  const loss: Loss = { kind: 'source', cause, detail: codes.join(', ') };
  return { ...rules, losses: [...rules.losses, loss] };
}
