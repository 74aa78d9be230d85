import { createCourseRequest } from '@registrar/contracts-courses';
import { keyOf } from './offered-section.ts';
import type { CatalogueFile, Loss, OfferedSection, SectionRef } from './offered-section.ts';

/** Stand in for what is known only to a running system. */
const someSemester = 'any';
const someCourse = 'crs_any';

/** What becomes of a section. */
export interface JudgedSection {
  readonly where: string;
  readonly name: string;
  /** Undefined where it cannot be sent. */
  readonly offered: OfferedSection | undefined;
  readonly losses: readonly Loss[];
  readonly remarks: readonly string[];
}

/** Whether a section is held as the file has it. */
export function isHeld({ offered, losses }: JudgedSection): boolean {
  return offered !== undefined && losses.length === 0;
}

/** Judges every section by the contract of the API, in the order of the file; none is left out. */
export function judgeSections({ sections, unreadable }: CatalogueFile): JudgedSection[] {
  const first = new Map<string, OfferedSection>();
  for (const each of sections)
    if (!first.has(keyOf(sectionRef(each)))) first.set(keyOf(sectionRef(each)), each);
  const byFields = new Map(sections.map((each) => [each, faultsOf(each, first)]));
  const isSent = (ref: SectionRef) => {
    const found = first.get(keyOf(ref));
    return found !== undefined && byFields.get(found)?.length === 0;
  };
  return [
    ...sections.map((each) => judged(each, byFields.get(each) ?? [], isSent)),
    ...unreadable.map(({ where, name, losses }) => ({
      where,
      name,
      offered: undefined,
      losses,
      remarks: [],
    })),
  ];
}

function sectionRef({ fields: { code, section = '1' } }: OfferedSection): SectionRef {
  return { code, section };
}

function judged(
  each: OfferedSection,
  faults: readonly Loss[],
  isSent: (ref: SectionRef) => boolean,
): JudgedSection {
  const { where, linked, crossListedOf, fields } = each;
  const name = `${fields.code} ${fields.section ?? '1'}`;
  const cause = 'A section that it goes with is not loaded.';
  const missing = [...linked.flatMap(({ sections }) => sections), ...(crossListedOf ? [crossListedOf] : [])]
    .filter((ref) => !isSent(ref))
    .map((ref): Loss => ({ kind: 'source', cause, detail: `${ref.code} ${ref.section}` }));
  const kept = linked
    .map((list) => ({ ...list, sections: list.sections.filter(isSent) }))
    .filter(({ sections }) => sections.length > 0);
  const isLost = faults.length > 0 || (crossListedOf !== null && !isSent(crossListedOf));
  return {
    where,
    name,
    offered: isLost ? undefined : { ...each, linked: kept },
    losses: [...faults, ...each.losses, ...missing],
    remarks: each.remarks,
  };
}

/** Why the API would not take a section. */
function faultsOf(each: OfferedSection, first: ReadonlyMap<string, OfferedSection>): Loss[] {
  const { fields, linked, crossListedOf } = each;
  const ref = sectionRef(each);
  const found = first.get(keyOf(ref));
  const twice: Loss[] =
    found === each
      ? []
      : [
          {
            kind: 'source',
            cause: 'Code and section are there twice.',
            detail: `first at ${found?.where ?? ''}`,
          },
        ];
  const main = crossListedOf && first.get(keyOf(crossListedOf));
  const onward: Loss[] =
    main?.crossListedOf || main === each
      ? [
          {
            kind: 'source',
            cause: 'The main section of a class is cross-listed itself.',
            detail: keyOf(ref).replace('\n', ' '),
          },
        ]
      : [];
  const chained = linked
    .flatMap(({ sections }) => sections)
    .filter((other) => (first.get(keyOf(other))?.linked.length ?? 0) > 0)
    .map((other): Loss => ({
      kind: 'model',
      cause: 'A linked section has linked sections itself.',
      detail: `${other.code} ${other.section}`,
    }));
  const { error } = createCourseRequest.safeParse({
    ...fields,
    semesterId: each.semesterId ?? someSemester,
    linked: linked.map(({ component, sections }) => ({
      component,
      courseIds: sections.map(() => someCourse),
    })),
    crossListedOf: crossListedOf && someCourse,
  });
  const faults = (error?.issues ?? []).map(({ path, message, code }): Loss => {
    const field = String(path[0] ?? 'section');
    const value = JSON.stringify((fields as unknown as Record<string, unknown>)[field]) ?? 'not given';
    return {
      kind: value === 'null' || value === 'not given' || code === 'invalid_type' ? 'source' : 'model',
      cause: `${[field, ...path.slice(1).filter((part) => typeof part === 'string')].join('.')}: ${message}`,
      detail: value.length > 200 ? `${value.slice(0, 200)}...` : value,
    };
  });
  return [...twice, ...onward, ...chained, ...reservedOver(each), ...faults];
}

/** The API refuses more kept seats than there are. */
function reservedOver({ fields: { reservations = [], capacity } }: OfferedSection): Loss[] {
  if (!Array.isArray(reservations) || capacity === undefined) return [];
  const seats = reservations.reduce((sum, each) => sum + each.seats, 0);
  const cause = 'More seats are reserved than there are.';
  return seats > capacity ? [{ kind: 'model', cause, detail: `${seats} of ${capacity}` }] : [];
}
