import { Option } from 'commander';
import type { Command } from 'commander';
import type { RunCommand } from './commands/context.ts';
import { listHolds, placeHold, releaseHold } from './commands/holds.ts';
import type { HoldFilter, HoldWords } from './commands/holds.ts';
import { setTickets } from './commands/semester-tickets.ts';
import { importFile } from './imports/import-file.ts';
import type { ImportOptions } from './imports/import-file.ts';
import { completionsKind, enrollmentsKind, holdsKind, studentsKind } from './imports/import-kinds.ts';
import type { ImportKind } from './imports/import-kinds.ts';

/** An import of files of one kind, as `import` of a group. */
export function addImport<Count extends string>(
  group: Command,
  runCommand: RunCommand,
  kind: ImportKind<Count>,
  description: string,
): void {
  group
    .command('import <file>')
    .description(description)
    .option('--dry-run', 'only say what would happen', false)
    .option('--refused <file>', 'write refused lines as a CSV file too')
    .action((file: string, options: ImportOptions) =>
      runCommand((context) => importFile(context, kind, file, options)),
    );
}

/** `import`: enrollments of a file. */
export function addEnrollmentImport(program: Command, runCommand: RunCommand): void {
  const description =
    'enroll the students of a CSV file that has the columns courseId, and email or externalId';
  addImport(program, runCommand, enrollmentsKind, description);
}

/** Commands about students' records, under `students` and `completions`. */
export function addRecordCommands(program: Command, runCommand: RunCommand): void {
  const students = program.command('students').description("students' records");
  const ofStudents = 'set programs, level, groups and creditLimit by a CSV file with email or externalId';
  addImport(students, runCommand, studentsKind, ofStudents);
  const completions = program.command('completions').description('completed courses');
  const ofCompletions =
    'note completed courses by a CSV file with email or externalId, code, credits, grade and completedOn';
  addImport(completions, runCommand, completionsKind, ofCompletions);
}

/** Commands about holds, under `holds`. Their `--email` is the student's. */
export function addHoldCommands(program: Command, runCommand: RunCommand): void {
  const holds = program.command('holds').description('holds on students');
  const ofHolds =
    'place holds by a CSV file with email or externalId, office, reason and, if need be, blocks';
  addImport(holds, runCommand, holdsKind, ofHolds);
  const person = (command: Command) =>
    command
      .option('--email <mail>', 'which student, by email; who signs in is said before the command')
      .addOption(new Option('--external-id <id>', 'which student, by external id').conflicts('email'));
  person(holds.command('place'))
    .description('place a hold; in force for the very next request')
    .requiredOption('--office <office>', 'who can clear it')
    .requiredOption('--reason <reason>', 'why, for the student')
    .option('--blocks <what>', 'enroll, drop, or enroll,drop', 'enroll')
    .action((words: HoldWords) => runCommand((context) => placeHold(context, words)));
  holds
    .command('release <holdId>')
    .description('release a hold')
    .action((id: string) => runCommand((context) => releaseHold(context, id)));
  person(holds.command('list'))
    .description('show holds, the newest first')
    .option('--office <office>', 'of this office only')
    .option('--active', 'those in force only', false)
    .action((filter: HoldFilter) => runCommand((context) => listHolds(context, filter)));
}

/** Commands about semesters, under `semester`. */
export function addSemesterCommands(program: Command, runCommand: RunCommand): void {
  const semester = program.command('semester').description('semesters');
  semester
    .command('tickets <semesterId> [file]')
    .description('set when enrollment opens for whom by a CSV or JSON file; show it where none is given')
    .option('--clear', 'take all tickets away', false)
    .action((id: string, file: string | undefined, { clear }: { clear: boolean }) =>
      runCommand((context) => setTickets(context, id, { file, clear })),
    );
}
