import { UsageFault } from '../../faults.ts';
import type { CatalogueFormat, SourceFile } from '../catalogue-format.ts';
import { daysOf, distinctMeetings, hoursOf } from '../meeting-times.rules.ts';
import type { Meeting } from '../meeting-times.rules.ts';
import { catalogueOf, namesAreNoAccounts, numbersAreNotKept } from '../offered-section.ts';
import type {
  LinkedRefs,
  Loss,
  OfferedSection,
  SectionFields,
  SectionRef,
  UnreadableSection,
} from '../offered-section.ts';
import { creditsOf, describe } from '../section-parts.rules.ts';
import { askedFields, textRules } from '../text-rules.rules.ts';
import type { TextReading, TextRules } from '../text-rules.rules.ts';
import { yearLimits } from './class-year-limits.rules.ts';
import { xmlRecords } from './xml-records.rules.ts';
import type { XmlRecord } from './xml-records.rules.ts';

const components: Readonly<Record<string, NonNullable<SectionFields['component']>>> = {
  R: 'lecture',
  T: 'lecture',
  L: 'lab',
  D: 'discussion',
  S: 'seminar',
  F: 'other',
};
/** Sections that are taken along with the others of their group. */
const alongWith = ['lab', 'discussion', 'other'] as const;
const years = ['firstyear', 'sophomore', 'junior', 'senior'] as const;
const attributes = 'Grading and general education are said in the description.';

/** The class and lab schedule of St. Olaf College. */
export const stolafFormat: CatalogueFormat = {
  name: 'stolaf',
  description: 'XML of its class and lab schedule: searchresults of course elements',
  read(files, reading) {
    const records = files.flatMap(recordsOf);
    const groups = Map.groupBy(
      records.filter(({ record }) => record['groupid']),
      ({ record }) => groupOf(record),
    );
    const read = records.map(({ where, record }) => {
      const members = record['groupid'] ? (groups.get(groupOf(record)) ?? []) : [];
      return sectionOf(
        where,
        record,
        members.map((each) => each.record),
        reading,
      );
    });
    return catalogueOf(read);
  },
};

const groupOf = (record: XmlRecord) => `${record['groupid'] ?? ''} ${record['grouptype'] ?? ''}`;

function recordsOf({ name, text }: SourceFile): { where: string; record: XmlRecord }[] {
  let records: XmlRecord[];
  try {
    records = xmlRecords(text, 'course');
  } catch (error) {
    throw new UsageFault(`Format stolaf: ${name} is not XML: ${error instanceof Error ? error.message : ''}`);
  }
  if (records.length === 0) throw new UsageFault(`Format stolaf: ${name} has no course elements.`);
  return records.map((record, at) => ({ where: `${name} course ${at + 1}`, record }));
}

/** The lab "A" of BIO 150 is "AL", as the notes of its lecture call it. */
function refOf(record: XmlRecord): SectionRef {
  const { deptname = '', coursenumber = '', coursesection = '', coursesubtype = '' } = record;
  const isMain = coursesubtype === 'R' || coursesubtype === 'T' || coursesubtype === 'S';
  const own = `${coursesection}${isMain ? '' : coursesubtype}`;
  return { code: `${deptname} ${coursenumber}`, section: own === '' ? '1' : own };
}

function linkedOf(record: XmlRecord, members: readonly XmlRecord[]): LinkedRefs[] {
  const own = components[record['coursesubtype'] ?? ''];
  if (own !== 'lecture' && own !== 'seminar') return [];
  return alongWith.flatMap((component) => {
    const sections = members
      .filter((each) => components[each['coursesubtype'] ?? ''] === component)
      .map(refOf);
    return sections.length > 0 ? [{ component, sections }] : [];
  });
}

function sectionOf(
  where: string,
  record: XmlRecord,
  members: readonly XmlRecord[],
  reading: TextReading,
): OfferedSection | UnreadableSection {
  const ref = refOf(record);
  const credits = creditsOf(record['credits'] ?? '');
  const component = components[record['coursesubtype'] ?? ''];
  const name = `${ref.code} ${ref.section}`;
  if (!credits.fields) return { where, name, losses: credits.losses };
  if (!component) {
    const cause = 'A kind of section is unknown.';
    return { where, name, losses: [{ kind: 'source', cause, detail: record['coursesubtype'] ?? '' }] };
  }
  const linked = linkedOf(record, members);
  const capacity = record['max'] ? Number(record['max']) : Number.NaN;
  const limits = yearLimits(
    years.map((year) => limitOf(record[year])),
    capacity,
  );
  const notes = notesOf(record, linked.length > 0, reading);
  const held = heldTogether(limits.fields, askedFields(notes.rules.fields));
  const { meetings, losses } = meetingsOf(record);
  return {
    where,
    departmentName: record['deptname'],
    fields: {
      departmentId: (record['deptname'] ?? '').replaceAll(/[^A-Za-z0-9_-]/g, '-'),
      ...ref,
      component,
      title: record['coursename'] ?? '',
      description: describe('', [...notes.texts, ...factsOf(record)]),
      ...credits.fields,
      ...held.fields,
      capacity,
      status: isClosed(record) ? 'closed' : 'open',
      meetings,
    },
    linked,
    crossListedOf: null,
    losses: [
      ...credits.losses,
      ...losses,
      ...limits.losses,
      ...notes.rules.losses,
      ...held.losses,
      ...halfOf(record),
    ],
    remarks: [
      ...notes.rules.remarks,
      attributes,
      numbersAreNotKept,
      ...(record['instructors'] && record['instructors'] !== 'Staff' ? [namesAreNoAccounts] : []),
    ],
  };
}

/** "5/10": five of ten seats of that year are taken. */
function limitOf(text: string | undefined): number | undefined {
  const limit = /^\d+\/(\d+)$/.exec(text ?? '')?.[1];
  return limit === undefined ? undefined : Number(limit);
}

/** Closed for another reason than that it is full. */
function isClosed({ coursestatus, enroll, max }: XmlRecord): boolean {
  return coursestatus === 'C' && Number(enroll) < Number(max);
}

function factsOf({ gereqs, pn, coursesubtype }: XmlRecord): string[] {
  return [
    gereqs ? `General education: ${gereqs}.` : '',
    pn === 'Y' ? 'May be taken pass/no pass.' : '',
    coursesubtype === 'F' ? 'Film screening.' : '',
  ];
}

function halfOf({ halfcredit }: XmlRecord): Loss[] {
  return halfcredit
    ? [{ kind: 'source', cause: 'Part of the semester, without its dates.', detail: `half ${halfcredit}` }]
    : [];
}

function heldTogether(
  limits: Pick<SectionFields, 'restriction' | 'reservations'>,
  rules: Partial<TextRules['fields']>,
): { fields: Partial<SectionFields>; losses: Loss[] } {
  const [ours, theirs] = [limits.restriction, rules.restriction];
  const restriction = ours && theirs ? { ...theirs, ...ours } : (ours ?? theirs);
  const isOneLost = ours?.levels && theirs?.levels && ours.levels.join() !== theirs.levels.join();
  return {
    fields: { ...limits, ...rules, ...(restriction && { restriction }) },
    losses: isOneLost
      ? [
          {
            kind: 'source',
            cause: 'Class years are said twice, and differ.',
            detail: theirs.levels?.join(', ') ?? '',
          },
        ]
      : [],
  };
}

const aboutRules =
  /prerequisite|corequisite|concurrently|\bopen\b|\bclosed\b|restricted|permission|consent|approval|audition|application|\bmajors? only|only (?:students|majors)|must (?:also )?(?:be|register|have)|may not take|limited|is for\b/i;
const aboutLinks = /must (?:also )?register/i;
const aboutYears =
  /^(?:this (?:course|section) )?(?:(?:is |has )?(?:only )?(?:not )?(?:open|closed|class-year limits|limited)(?: only)?(?: to)?(?: a limited number of)?)(?:[\s,]|and|only|students|courses?|first[- ]years?|fy|sophomores?|juniors?|seniors?|it|is|open|to)*\.?$/i;

/** Sentences about who may take it are rules; those about class years are held by the limits of the record. */
function notesOf(record: XmlRecord, isLinked: boolean, reading: TextReading) {
  const text = (record['notes'] ?? '')
    .replaceAll(/\s*<br>\s*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const sentences = text.split(/(?<=[a-z0-9)]\.) (?=[A-Z])/);
  const isLimited = years.some((year) => limitOf(record[year]) !== undefined);
  // One that can be read is compared with the limits.
  const isOfYears = (each: string) =>
    aboutYears.test(each) && textRules([each], { unread: 'text' }).losses.length > 0;
  const asked = sentences.filter(
    (each) =>
      aboutRules.test(each) && !(isLinked && aboutLinks.test(each)) && !(isLimited && isOfYears(each)),
  );
  return { texts: text === '' ? [] : [text], rules: textRules(asked, { separator: ' ', ...reading }) };
}

function meetingsOf(record: XmlRecord): { meetings: Meeting[]; losses: Loss[] } {
  const times = (record['meetingtimes'] ?? '')
    .split('<br>')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const places = placesOf(record['meetinglocations'] ?? '', times.length);
  const losses: Loss[] = [];
  const meetings = times.flatMap((time, at) => {
    const [letters = '', span = ''] = time.split(/\s+/);
    const [days, hours] = [daysOf(letters), hoursOf(span)];
    if (days && hours) return days.map((day) => ({ day, ...hours, room: places?.[at] ?? '' }));
    const cause = 'A meeting has no days or hours that can be read.';
    losses.push({ kind: 'source', cause, detail: `"${time}"` });
    return [];
  });
  if (!places) {
    const cause = 'Rooms of several meetings are not kept apart.';
    losses.push({ kind: 'source', cause, detail: `"${record['meetinglocations'] ?? ''}"` });
  }
  return { meetings: distinctMeetings(meetings), losses };
}

/** "TOH 182TOH 182" is the room of both meetings. @returns undefined where it cannot be told whose room is which */
function placesOf(text: string, count: number): string[] | undefined {
  const place = text.trim();
  if (count <= 1 || place === '') return [place];
  const part = place.slice(0, place.length / count);
  return part.repeat(count) === place ? Array.from({ length: count }, () => part) : undefined;
}
