import { UsageFault } from '../../faults.ts';
import type { CatalogueFormat, SourceFile } from '../catalogue-format.ts';
import { clockOf, dayOfDate, daysOf, distinctMeetings, kindsInWords } from '../meeting-times.rules.ts';
import type { Meeting } from '../meeting-times.rules.ts';
import { catalogueOf, namesAreNoAccounts, numbersAreNotKept } from '../offered-section.ts';
import type { Loss, OfferedSection, SectionFields, UnreadableSection } from '../offered-section.ts';
import { creditsOf, describe } from '../section-parts.rules.ts';
import { askedFields, textRules } from '../text-rules.rules.ts';
import type { TextRules } from '../text-rules.rules.ts';
import { columnsOf, tableRows } from './tab-table.rules.ts';
import type { TableRow } from './tab-table.rules.ts';

const kinds: Readonly<Record<string, readonly [NonNullable<SectionFields['component']>, string]>> = {
  LE: ['lecture', 'Lecture'],
  DI: ['discussion', 'Discussion'],
  LA: ['lab', 'Laboratory'],
  SE: ['seminar', 'Seminar'],
  ST: ['studio', 'Studio'],
  TU: ['tutorial', 'Tutorial'],
  PR: ['other', 'Practicum'],
  IN: ['other', 'Independent study'],
  IT: ['other', 'Internship'],
  CL: ['other', 'Clinical clerkship'],
  CO: ['other', 'Conference'],
  FW: ['other', 'Fieldwork'],
  PB: ['other', 'Problem session'],
  RE: ['other', 'Review session'],
  FM: ['other', 'Film'],
  OT: ['other', 'Additional meeting'],
  MU: ['other', 'Make-up session'],
  MI: ['other', 'Midterm examination'],
  FI: ['other', 'Final examination'],
};
const examinations = new Set(['MI', 'FI']);
const twoMeanings = 'A kind of meeting is unknown.';
const kindsAreWords = 'Kinds of meetings are said in the description.';

/** Sections of UCSD as the schedule of classes has them, and its courses. */
export const ucsdFormat: CatalogueFormat = {
  name: 'ucsd',
  description:
    'two tables with tabs, sections (sec_code, meetings, ...) and courses (course_name, units, ...)',
  read(files, reading) {
    const sections = tableRows(tableWith(files, 'sec_code'));
    const courses = tableRows(tableWith(files, 'course_name'));
    const byNumber = new Map(
      courses.rows.map(({ cells }) => [
        cells['course_number'] ?? '',
        { cells, rules: textRules([cells['prerequisites_text'] ?? ''], { separator: ' ', ...reading }) },
      ]),
    );
    const read = merged(sections.rows).map((row) =>
      sectionOf(row, byNumber.get(row.cells['subj_course_id'] ?? '')),
    );
    return catalogueOf([...read, ...sections.broken.map(brokenRow)]);
  },
};

function tableWith(files: readonly SourceFile[], column: string): SourceFile {
  const found = files.find((file) => columnsOf(file).includes(column));
  if (!found) throw new UsageFault(`Format ucsd: none of the files is a table with the column ${column}.`);
  return found;
}

function brokenRow(where: string): UnreadableSection {
  const cause = 'A row has not as many cells as there are columns.';
  return { where, name: '', losses: [{ kind: 'source', cause, detail: where }] };
}

/** Rows of one section id are one section whose meetings are spread. */
function merged(rows: readonly TableRow[]): TableRow[] {
  const groups = Map.groupBy(rows, ({ cells }) => JSON.stringify({ ...cells, meetings: '' }));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const meetings = group.map(({ cells }) => cells['meetings']).filter((text) => text !== '');
    return first ? [{ ...first, cells: { ...first.cells, meetings: meetings.join('|') } }] : [];
  });
}

interface UcsdCourse {
  readonly cells: TableRow['cells'];
  readonly rules: TextRules;
}

interface ReadMeeting {
  readonly kind: string;
  readonly meetings: readonly Meeting[];
  readonly losses: readonly Loss[];
  readonly place: string;
}

function sectionOf(
  { where, cells }: TableRow,
  course: UcsdCourse | undefined,
): OfferedSection | UnreadableSection {
  const { subj_course_id: code = '', sec_code: section = '', total_seats = '', instructor = '' } = cells;
  const name = `${code} ${section}`;
  const missing = 'The table of courses has no such course: title and credits are not said.';
  if (!course) return { where, name, losses: [{ kind: 'source', cause: missing, detail: code }] };
  const { fields: credits, losses: creditLosses } = creditsOf(course.cells['units'] ?? '');
  if (!credits) return { where, name, losses: creditLosses };
  const meetings = (cells['meetings'] ?? '')
    .split('|')
    .filter((text) => text !== '')
    .map(meetingOf);
  const { rules } = course;
  const words = wordsOf(meetings);
  return {
    where,
    fields: {
      departmentId: code.split(' ')[0] ?? '',
      code,
      section,
      component: componentOf(meetings),
      title: course.cells['course_name'] ?? '',
      description: describe('', [...words, ...rules.kept]),
      ...credits,
      ...askedFields(rules.fields),
      capacity: total_seats === '' ? Number.NaN : Number(total_seats),
      meetings: distinctMeetings(meetings.flatMap((each) => each.meetings)),
    },
    linked: [],
    crossListedOf: null,
    losses: [...creditLosses, ...meetings.flatMap(({ losses }) => losses), ...rules.losses],
    remarks: [
      ...rules.remarks,
      numbersAreNotKept,
      ...(words.length > 0 ? [kindsAreWords] : []),
      ...(instructor !== '' && instructor !== 'Staff' ? [namesAreNoAccounts] : []),
    ],
  };
}

function meetingOf(text: string): ReadMeeting {
  const [kind = '', days = '', hours = '', ...room] = text.split(',');
  const place = room.join(',').trim();
  const lossOf = (cause: string): ReadMeeting => ({
    kind,
    meetings: [],
    losses: [{ kind: 'source', cause, detail: `"${text}"` }],
    place,
  });
  if (!Object.hasOwn(kinds, kind)) return lossOf(twoMeanings);
  const where = place === 'TBA TBA' ? '' : place;
  if (hours === '0:00 - 0:00') return { kind, meetings: [], losses: [], place: where };
  const [start, end] = hours.split(' - ').map(clockOf);
  const date = dayOfDate(days);
  const on = date ? [date] : daysOf(days);
  if (!on || !start || !end) return lossOf('A meeting has no days or hours that can be read.');
  const dates = date && { startsOn: days, endsOn: days };
  return {
    kind,
    meetings: on.map((day) => ({ day, start, end, room: place, ...dates })),
    losses: [],
    place: '',
  };
}

function componentOf(meetings: readonly ReadMeeting[]): NonNullable<SectionFields['component']> {
  const first = meetings.find(({ kind }) => !examinations.has(kind)) ?? meetings[0];
  return kinds[first?.kind ?? '']?.[0] ?? 'other';
}

/** What the component alone does not say: kinds of meetings, and places without hours. */
function wordsOf(meetings: readonly ReadMeeting[]): string[] {
  const places = [...new Set(meetings.map(({ place }) => place))].filter((place) => place !== '');
  const own = new Set(meetings.map(({ kind }) => kind));
  const isClear = own.size === 0 || (own.size === 1 && componentOf(meetings) !== 'other');
  const spread = meetings.flatMap((each) =>
    (each.meetings.length === 0 ? [null] : each.meetings).map((meeting) => ({
      kind: kinds[each.kind]?.[1] ?? each.kind,
      meeting,
    })),
  );
  return [
    ...(isClear ? [] : [kindsInWords(spread)]),
    ...(places.length > 0 ? [`No fixed hours: ${places.join(', ')}.`] : []),
  ];
}
