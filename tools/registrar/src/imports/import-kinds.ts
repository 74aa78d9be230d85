import { enrollmentRoutes, maxImportLines } from '@registrar/contracts-enrollments';
import { gatewayRoutes, optionalUserImportColumns, userImportColumns } from '@registrar/contracts-gateway';
import type { RegistrarApi } from '../api/registrar-api.ts';
import type { FileColumns, FileLine, LineRefusal } from './file-lines.ts';
import { personOf } from './slices.rules.ts';

/** As long as the gateway waits for an import, ms. */
const timeoutMs = 125_000;
/** Lines that are sent at a time: answered within seconds, so that progress is seen and little is done twice. */
const linesPerSlice = 2_000;

/** How a slice is sent. */
export interface SliceAsk {
  query: { dryRun?: 'true' };
  key?: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What came back: how many lines came to what, and those that changed nothing. */
export interface SliceAnswer<Count extends string> {
  body: Record<Count, number> & { refused: LineRefusal[] };
  headers: Headers;
}

/** Files of one kind: what is in them, and where they are sent. */
export interface ImportKind<Count extends string> {
  name: string;
  columns: FileColumns;
  /** What lines may come to, in the order of words. */
  counts: readonly Count[];
  linesPerSlice: number;
  /** In a dry run, where slices do not see what those before them would do. */
  linesPerDryRun: number;
  /** What a line is about: of two the last counts. Undefined where it is not about a thing that only one can be. */
  keyOf: (line: FileLine) => string | undefined;
  /** Neighbours with the same one are sent together. */
  groupOf: (line: FileLine) => string | undefined;
  send: (api: RegistrarApi, ask: SliceAsk) => Promise<SliceAnswer<Count>>;
}

/** What lines about students come to. */
export type RecordCount = 'changed' | 'unchanged';

const records = {
  counts: ['changed', 'unchanged'],
  linesPerSlice,
  linesPerDryRun: linesPerSlice,
} as const;

/** What a line says of its person: undefined where it names nobody. */
function aboutPerson(line: FileLine, parts: readonly string[]): string | undefined {
  const person = personOf(line);
  return person === undefined ? undefined : JSON.stringify([person, ...parts]);
}

function kindOf(
  kind: Pick<ImportKind<RecordCount>, 'name' | 'columns' | 'keyOf' | 'send'>,
): ImportKind<RecordCount> {
  return { ...records, ...kind, groupOf: kind.keyOf };
}

/** Files of students. */
export const studentsKind = kindOf({
  name: 'students',
  columns: { names: [], optional: ['programs', 'level', 'groups', 'creditLimit'] },
  keyOf: (line) => aboutPerson(line, []),
  send: (api, ask) => api.call(enrollmentRoutes.importStudents, ask, timeoutMs),
});

/** Files of completed courses. */
export const completionsKind = kindOf({
  name: 'completions',
  columns: { names: ['code', 'credits', 'grade', 'completedOn'], optional: [] },
  keyOf: (line) => {
    const { code = '', completedOn = '' } = line.cells;
    return aboutPerson(line, [code.toUpperCase(), completedOn]);
  },
  send: (api, ask) => api.call(enrollmentRoutes.importCompletions, ask, timeoutMs),
});

/** Files of holds. */
export const holdsKind = kindOf({
  name: 'holds',
  columns: { names: ['office', 'reason'], optional: ['blocks'] },
  keyOf: (line) => {
    const { office = '', reason = '', blocks = '' } = line.cells;
    const parts = [...new Set(blocks.split('|').map((part) => part.trim()))].filter((part) => part !== '');
    return aboutPerson(line, [office, reason, ...(parts.length > 0 ? parts : ['enroll']).sort()]);
  },
  send: (api, ask) => api.call(enrollmentRoutes.importHolds, ask, timeoutMs),
});

/** Files of users, which name themselves: of two lines about one external id the last counts. */
export const usersKind = kindOf({
  name: 'users',
  columns: { names: userImportColumns, optional: optionalUserImportColumns, anyOf: [] },
  keyOf: (line) => {
    const { externalId, email } = line.cells;
    if (externalId) return `externalId ${externalId}`;
    return email ? `email ${email.toLowerCase()}` : undefined;
  },
  send: (api, ask) => api.call(gatewayRoutes.importUsers, ask, timeoutMs),
});

/**
 * Files of enrollments: a line about a course that the student has already is refused by the rules. Lines of one student
 * about linked sections are one change where they are sent together.
 */
export const enrollmentsKind: ImportKind<'enrolled' | 'waitlisted'> = {
  name: 'enrollments',
  columns: { names: ['courseId'], optional: ['credits'] },
  counts: ['enrolled', 'waitlisted'],
  linesPerSlice,
  // Whether a seat is left depends on the lines before: a dry run is sent in one piece where it can be.
  linesPerDryRun: maxImportLines,
  keyOf: () => undefined,
  groupOf: personOf,
  send: (api, ask) => api.call(enrollmentRoutes.importEnrollments, ask, timeoutMs),
};
