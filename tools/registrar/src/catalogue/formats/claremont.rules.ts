import { z } from 'zod';
import { UsageFault } from '../../faults.ts';
import type { CatalogueFormat, SourceFile } from '../catalogue-format.ts';
import { clockOf, distinctMeetings } from '../meeting-times.rules.ts';
import type { Day, Meeting } from '../meeting-times.rules.ts';
import { catalogueOf, namesAreNoAccounts } from '../offered-section.ts';
import type { Loss, OfferedSection, UnreadableSection } from '../offered-section.ts';
import { creditsOf, describe } from '../section-parts.rules.ts';
import { columnsOf, tableRows } from './tab-table.rules.ts';

const courseSectionId = z.string();
/** The tables, each known by its columns. */
const tables = {
  sections: z.strictObject({
    courseSectionId,
    courseSectionNumber: z.string(),
    capacity: z.string(),
    currentEnrollment: z.string(),
    status: z.string(),
    creditHours: z.string(),
  }),
  schedules: z.strictObject({
    courseSectionId,
    classBeginningTime: z.string(),
    classEndingTime: z.string(),
    classMeetingDays: z.string(),
    instructionSiteName: z.string(),
  }),
  sessions: z.strictObject({ externalId: z.string(), beginDate: z.string(), endDate: z.string() }),
  sessionsOfSections: z.strictObject({ calendarSessionExternalId: z.string(), courseSectionId }),
  instructors: z.strictObject({ courseSectionId, staffExternalIds: z.array(z.string()) }),
  permits: z.strictObject({ courseSectionId, permCount: z.string() }),
} as const;
type Tables = { [Name in keyof typeof tables]: z.infer<(typeof tables)[Name]>[] };

const dayColumns: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const dayLetters = 'UMTWRFS';
const statuses: Readonly<Record<string, 'open' | 'closed'>> = { O: 'open', R: 'open', C: 'closed' };

/** Tables of the Claremont Colleges. */
export const claremontFormat: CatalogueFormat = {
  name: 'claremont',
  description: 'JSON tables of course sections, schedules and sessions, and a table of titles with tabs',
  read(files) {
    const titles = titlesOf(files);
    const found = tablesOf(files.filter((file) => !isTitles(file)));
    const schedules = Map.groupBy(found.schedules, (row) => row.courseSectionId);
    const sessions = sessionsOf(found);
    const instructed = new Set(found.instructors.map((row) => row.courseSectionId));
    const rows = [...new Map(found.sections.map((row) => [JSON.stringify(row), row])).values()];
    const read = rows.map((row, at) =>
      sectionOf(`section ${at + 1}`, row, {
        title: titles.get(row.courseSectionId.replace(/-\d+ \S+$/, '')),
        schedules: schedules.get(row.courseSectionId) ?? [],
        dates: sessions.get(row.courseSectionId),
        isInstructed: instructed.has(row.courseSectionId),
      }),
    );
    return catalogueOf(read);
  },
};

function isTitles(file: SourceFile): boolean {
  return columnsOf(file).join() === 'code,title';
}

function titlesOf(files: readonly SourceFile[]): Map<string, string> {
  const file = files.find(isTitles);
  if (!file)
    throw new UsageFault('Format claremont: none of the files is a table of code and title with tabs.');
  return new Map(tableRows(file).rows.map(({ cells }) => [cells['code'] ?? '', cells['title'] ?? '']));
}

/** @throws UsageFault for a file that is none of the tables, or where there are no sections */
function tablesOf(files: readonly SourceFile[]): Tables {
  const found: Record<string, unknown[]> = Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
  for (const file of files) {
    const rows = z.array(z.unknown()).safeParse(jsonOf(file));
    const name = Object.entries(tables).find(
      ([, row]) => z.array(row).min(1).safeParse(rows.data).success,
    )?.[0];
    if (name === undefined) throw new UsageFault(`Format claremont: ${file.name} is none of its tables.`);
    found[name]?.push(...(rows.data ?? []));
  }
  if (found['sections']?.length === 0)
    throw new UsageFault('Format claremont: none of the files has the sections.');
  return found as unknown as Tables;
}

function jsonOf({ name, text }: SourceFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageFault(`Format claremont: ${name} is not JSON.`);
  }
}

type Dates = Pick<Meeting, 'startsOn' | 'endsOn'>;

/** Dates of the sections that are not of the whole semester: the longest session is that. */
function sessionsOf({ sessions, sessionsOfSections }: Tables): Map<string, Dates> {
  const length = (row: Tables['sessions'][number]) => Number(row.endDate) - Number(row.beginDate);
  const longest = Math.max(0, ...sessions.map(length));
  const parts = new Map(sessions.filter((row) => length(row) < longest).map((row) => [row.externalId, row]));
  return new Map(
    sessionsOfSections.flatMap((row) => {
      const part = parts.get(row.calendarSessionExternalId);
      return part
        ? [[row.courseSectionId, { startsOn: dateOf(part.beginDate), endsOn: dateOf(part.endDate) }] as const]
        : [];
    }),
  );
}

const dateOf = (digits: string) => digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

interface Beside {
  readonly title: string | undefined;
  readonly schedules: Tables['schedules'];
  readonly dates: Dates | undefined;
  readonly isInstructed: boolean;
}

function sectionOf(
  where: string,
  row: Tables['sections'][number],
  { title, schedules, dates, isInstructed }: Beside,
): OfferedSection | UnreadableSection {
  const code = row.courseSectionId.replace(/-\d+ \S+$/, '').replaceAll(/ +/g, ' ');
  const unsaid = (cause: string): UnreadableSection => ({
    where,
    name: row.courseSectionId,
    losses: [{ kind: 'source', cause, detail: row.courseSectionId }],
  });
  if (title === undefined) return unsaid('The table of titles has no such course.');
  const credits = creditsOf(row.creditHours);
  if (!credits.fields) return { ...unsaid(''), losses: credits.losses };
  const status = statuses[row.status];
  if (!status) return unsaid('A status is unknown.');
  const read = schedules.map((each) => meetingsOf(each, dates));
  const meetings = distinctMeetings(read.flatMap((each) => each.meetings));
  const places = [...new Set(read.flatMap(({ place }) => place))];
  const undated = 'Part of the semester, and no meetings that could have its dates.';
  return {
    where,
    fields: {
      departmentId: row.courseSectionId.slice(0, 4).trim(),
      code,
      section: row.courseSectionNumber,
      title,
      description: describe('', places.length > 0 ? [`No fixed hours: ${places.join(', ')}.`] : []),
      ...credits.fields,
      capacity: row.capacity === '' ? Number.NaN : Number(row.capacity),
      status,
      meetings,
    },
    linked: [],
    crossListedOf: null,
    losses: [
      ...credits.losses,
      ...read.flatMap(({ losses }) => losses),
      ...(dates && meetings.length === 0
        ? [
            {
              kind: 'model' as const,
              cause: undated,
              detail: `${dates.startsOn ?? ''} to ${dates.endsOn ?? ''}`,
            },
          ]
        : []),
    ],
    remarks: isInstructed ? [namesAreNoAccounts] : [],
  };
}

function meetingsOf(
  row: Tables['schedules'][number],
  dates: Dates | undefined,
): { meetings: Meeting[]; losses: Loss[]; place: string[] } {
  const room = row.instructionSiteName.trim().replaceAll(/ +/g, ' ');
  if (row.classBeginningTime === '0' && row.classEndingTime === '0') {
    const isKnown = room !== '' && !/\b(?:ARR|TBA)\b/.test(room);
    return { meetings: [], losses: [], place: isKnown ? [room] : [] };
  }
  const [start, end] = [clockOf(row.classBeginningTime), clockOf(row.classEndingTime)];
  const days = dayColumns.filter((_, at) => row.classMeetingDays[at] === dayLetters[at]);
  const letters = row.classMeetingDays.replaceAll('-', '').length;
  if (!start || !end || days.length === 0 || days.length !== letters) {
    const cause = 'A meeting has no days or hours that can be read.';
    return { meetings: [], losses: [{ kind: 'source', cause, detail: JSON.stringify(row) }], place: [] };
  }
  return { meetings: days.map((day) => ({ day, start, end, room, ...dates })), losses: [], place: [] };
}
