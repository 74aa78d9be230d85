import { z } from 'zod';
import type { CatalogueFormat } from '../catalogue-format.ts';
import { catalogueOf, keyOf, namesAreNoAccounts, numbersAreNotKept } from '../offered-section.ts';
import type { Loss, OfferedSection, SectionFields } from '../offered-section.ts';
import { describe } from '../section-parts.rules.ts';
import { askedFields, textRules } from '../text-rules.rules.ts';
import type { TextReading, TextRules } from '../text-rules.rules.ts';
import { jsonLines } from './json-lines.rules.ts';

/** A body of `POST /api/courses`, and what it could not say. */
const line = z.strictObject({
  crn: z.string(),
  body: z.looseObject({
    semesterId: z.string(),
    code: z.string(),
    section: z.string(),
    credits: z.number(),
    capacity: z.number(),
    description: z.string(),
    meetings: z.array(z.unknown()),
  }),
  instructors: z.array(z.string()),
  enrolled: z.number(),
  creditsMax: z.number(),
  prereqText: z.string().nullable(),
  crossListGroup: z.string().nullable(),
  losses: z.array(z.string()),
});

type Line = z.infer<typeof line>;
interface Read {
  readonly where: string;
  readonly value: Line;
}

const leftSeats =
  'Cross-listed: the class has the seats of all its codes, and those left by the others may go to its main code.';

/** Bodies of the API with what they leave out beside them. */
export const courseBodiesFormat: CatalogueFormat = {
  name: 'course-bodies',
  description: 'JSON lines with a body of the API, its prerequisite text, most credits and cross-list group',
  read(files, reading) {
    const lines = jsonLines(files, line);
    const read = lines.flatMap((each): Read[] => ('losses' in each ? [] : [each]));
    const groups = Map.groupBy(
      read.filter(({ value }) => value.crossListGroup !== null),
      ({ value }) => value.crossListGroup,
    );
    const classes = new Map([...groups.values()].flatMap(classesOf));
    return catalogueOf([
      ...read.map((each) => sectionOf(each, classes.get(each), reading)),
      ...lines.filter((each) => 'losses' in each),
    ]);
  },
};

/** What a section is of a class with several codes: its main code, another one, or no part of it after all. */
type Place =
  | { readonly kind: 'main'; readonly seats: number }
  | { readonly kind: 'other' | 'apart'; readonly main: Line };

/** The code with the most seats is the main one, for it alone has no limit of its own. */
function classesOf(group: readonly Read[]): (readonly [Read, Place])[] {
  const main = group.reduce((most, each) =>
    each.value.body.capacity > most.value.body.capacity ? each : most,
  );
  const codes = new Set([main.value.body.code]);
  const places = new Map<Read, Place>();
  let seats = main.value.body.capacity;
  for (const each of group) {
    if (each === main) continue;
    const { code, meetings, capacity } = each.value.body;
    const isSame = JSON.stringify(meetings) === JSON.stringify(main.value.body.meetings);
    const isApart = codes.has(code) || !isSame;
    places.set(each, { kind: isApart ? 'apart' : 'other', main: main.value });
    codes.add(code);
    if (!isApart) seats += capacity;
  }
  return [...places.set(main, { kind: 'main', seats })];
}

function sectionOf({ where, value }: Read, place: Place | undefined, reading: TextReading): OfferedSection {
  const { body, prereqText, instructors, losses } = value;
  const rules = textRules([prereqText ?? ''], { separator: '-', ...reading });
  return {
    where,
    semesterId: body.semesterId,
    fields: fieldsOf(value, place, rules),
    linked: [],
    crossListedOf:
      place?.kind === 'other' ? { code: place.main.body.code, section: place.main.body.section } : null,
    losses: [
      ...rules.losses,
      ...(place?.kind === 'apart' ? [apartFrom(place.main)] : []),
      ...datesOf(losses),
    ],
    remarks: [
      ...rules.remarks,
      numbersAreNotKept,
      ...(place?.kind === 'main' ? [leftSeats] : []),
      ...(instructors.length > 0 ? [namesAreNoAccounts] : []),
    ],
  };
}

function fieldsOf({ body, creditsMax }: Line, place: Place | undefined, rules: TextRules): SectionFields {
  const { semesterId: _of, prerequisites: _made, meetings, status, waitlistCapacity, ...own } = body;
  const fields = {
    ...own,
    ...askedFields(rules.fields),
    credits: creditsMax,
    ...(creditsMax !== body.credits && { minCredits: body.credits }),
    capacity: place?.kind === 'main' ? place.seats : body.capacity,
    description: describe(body.description, rules.kept),
    // Of another code these are the class's.
    ...(place?.kind !== 'other' && { meetings, status, waitlistCapacity }),
  };
  return fields as unknown as SectionFields;
}

function apartFrom({ body }: Line): Loss {
  return {
    kind: 'model',
    cause: 'One class under one code twice, or with other meetings: it stays a section of its own.',
    detail: `same class as ${keyOf(body).replace('\n', '-')}`,
  };
}

function datesOf(losses: readonly string[]): Loss[] {
  return losses.includes('part_of_term')
    ? [{ kind: 'source', cause: 'Part of the semester, without its dates.', detail: 'part_of_term' }]
    : [];
}
