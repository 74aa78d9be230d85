import { components } from '@registrar/contracts-courses';
import { z } from 'zod';
import type { CatalogueFormat } from '../catalogue-format.ts';
import { catalogueOf, namesAreNoAccounts } from '../offered-section.ts';
import type { OfferedSection, SectionFields } from '../offered-section.ts';
import { describe } from '../section-parts.rules.ts';
import { askedFields, textRules } from '../text-rules.rules.ts';
import type { TextReading, TextRules } from '../text-rules.rules.ts';
import { jsonLines } from './json-lines.rules.ts';

const sectionRef = z.strictObject({ code: z.string(), section: z.string().default('1') });
/** Its value is that of the API, which judges it later. */
const ofCourse = z.unknown().optional();

/** A line of this format: the fields of a course, and some of its own. */
const line = z.strictObject({
  semesterId: z.string().optional(),
  departmentId: z.string(),
  departmentName: z.string().optional(),
  code: z.string(),
  section: z.string().default('1'),
  title: z.string(),
  credits: z.union([z.number(), z.strictObject({ min: z.number(), max: z.number() })]),
  capacity: z.number(),
  description: z.string().default(''),
  component: ofCourse,
  topic: ofCourse,
  meetings: ofCourse,
  instructorIds: ofCourse,
  waitlistCapacity: ofCourse,
  status: ofCourse,
  prerequisites: ofCourse,
  requirement: ofCourse,
  restriction: ofCourse,
  consent: ofCourse,
  reservations: ofCourse,
  enrollmentClosesAt: ofCourse,
  dropDeadlineAt: ofCourse,
  withdrawDeadlineAt: ofCourse,
  /** Names, which are no accounts. */
  instructors: z.array(z.string()).default([]),
  /** Rules in English, beside `requirement`. */
  prerequisiteText: z.string().default(''),
  linked: z
    .array(z.strictObject({ component: z.enum(components), sections: z.array(sectionRef) }))
    .default([]),
  crossListedOf: sectionRef.nullable().default(null),
});

type Line = z.infer<typeof line>;

/** The format of this command. */
export const registrarFormat: CatalogueFormat = {
  name: 'registrar',
  description: 'JSON lines, a section each, with the fields of a course of the API',
  read(files, reading) {
    const lines = jsonLines(files, line);
    return catalogueOf(
      lines.map((each) => ('losses' in each ? each : sectionOf(each.where, each.value, reading))),
    );
  },
};

function sectionOf(where: string, value: Line, reading: TextReading): OfferedSection {
  const {
    semesterId,
    departmentName,
    credits,
    instructors,
    prerequisiteText,
    linked,
    crossListedOf,
    ...own
  } = value;
  const rules = textRules([prerequisiteText], reading);
  const fields = {
    ...own,
    ...(prerequisiteText !== '' && withText(own, rules.fields)),
    ...(typeof credits === 'number' ? { credits } : { credits: credits.max, minCredits: credits.min }),
    description: describe(own.description, rules.kept),
  };
  const isTwice = own.restriction && rules.fields.restriction;
  return {
    where,
    semesterId,
    departmentName,
    fields: withoutUndefined(fields) as unknown as SectionFields,
    linked,
    crossListedOf,
    losses: isTwice
      ? [
          ...rules.losses,
          {
            kind: 'text',
            cause: 'A restriction is given, and another one in English.',
            detail: prerequisiteText,
          },
        ]
      : rules.losses,
    remarks: [...rules.remarks, ...(instructors.length > 0 ? [namesAreNoAccounts] : [])],
  };
}

/** What a text asks for, on top of what the fields of the line do. */
function withText(
  own: Pick<Line, 'requirement' | 'restriction' | 'consent'>,
  text: TextRules['fields'],
): object {
  const { requirement, restriction, consent } = askedFields(text);
  const both = requirement && own.requirement ? { all: [own.requirement, requirement] } : undefined;
  return {
    requirement: both ?? own.requirement ?? requirement,
    restriction: own.restriction ?? restriction,
    consent: consent ?? own.consent,
  };
}

function withoutUndefined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
