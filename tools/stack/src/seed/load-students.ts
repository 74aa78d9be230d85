import type { RecordImportResult } from '@registrar/contracts-enrollments';
import { bodyOf } from '@registrar/contracts-http';
import type { Answer } from '@registrar/contracts-http';
import { StackFault } from '../stack-fault.ts';
import { account, mail } from './accounts.ts';
import type { Registrar } from './accounts.ts';
import { demoApi } from './demo-client.ts';
import { mainStudent, otherStudents } from './students.ts';
import type { DemoStudent } from './students.ts';

/** Whether the students were loaded before: the record of the main one is written last. */
export async function hasStudents(gatewayUrl: string, token: string): Promise<boolean> {
  const record = bodyOf(await demoApi(gatewayUrl).getOwnStudent({ token }));
  return record.updatedAt !== null;
}

/**
 * Makes the accounts of the demo students, and writes their records, completions and holds as a registrar does: by
 * files. What is there already stays as it is.
 *
 * @param creditsOf credits of a code of the catalogue; undefined for what is not in it
 */
export async function loadStudents(
  registrar: Registrar,
  creditsOf: (code: string) => number | undefined,
): Promise<void> {
  const { target, token } = registrar;
  const api = demoApi(target.gatewayUrl);
  const students = [...otherStudents, mainStudent];
  for (const { who, name, externalId } of students) {
    const id = await account(registrar, who, name);
    await api.changeUser({ token, params: { id }, body: { externalId } });
  }
  const completions = completionsFile(students, creditsOf);
  checkImport(await api.importCompletions({ token, query: {}, body: completions }));
  checkImport(await api.importHolds({ token, query: {}, body: holdsFile(students) }));
  checkImport(await api.importStudents({ token, query: {}, body: recordsFile(otherStudents) }));
  checkImport(await api.importStudents({ token, query: {}, body: recordsFile([mainStudent]) }));
}

/** `email,programs,level,groups` of students. */
export function recordsFile(students: readonly DemoStudent[]): string {
  const lines = students.map(({ who, programs, level, groups }) =>
    [mail(who), programs.join('|'), level, groups.join('|')].join(),
  );
  return ['email,programs,level,groups', ...lines].join('\n');
}

/** `email,code,credits,grade,completedOn` of their completions. */
export function completionsFile(
  students: readonly DemoStudent[],
  creditsOf: (code: string) => number | undefined,
): string {
  const lines = students.flatMap(({ who, completions }) =>
    completions.map(({ code, grade, completedOn }) =>
      [mail(who), code, creditsOf(code) ?? 0, grade, completedOn].join(),
    ),
  );
  return ['email,code,credits,grade,completedOn', ...lines].join('\n');
}

/** `email,office,reason,blocks` of their holds. */
export function holdsFile(students: readonly DemoStudent[]): string {
  const lines = students.flatMap(({ who, hold }) =>
    hold ? [[mail(who), hold.office, hold.reason, hold.blocks.join('|')].join()] : [],
  );
  return ['email,office,reason,blocks', ...lines].join('\n');
}

function checkImport(answer: Answer<RecordImportResult>): void {
  const [refusal] = bodyOf(answer).refused;
  if (!refusal) return;
  throw new StackFault(
    `The demo data cannot be loaded: line ${refusal.line} was refused: ${refusal.detail} (${refusal.code})`,
  );
}
