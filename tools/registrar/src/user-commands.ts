import { Option } from 'commander';
import type { Command } from 'commander';
import { bootstrapAdmin } from './commands/bootstrap-admin.ts';
import type { BootstrapContext } from './commands/bootstrap-admin.ts';
import type { RunCommand } from './commands/context.ts';
import type { PersonName } from './commands/find-user.ts';
import { searchUsers } from './commands/search-users.ts';
import type { UserFilter } from './commands/search-users.ts';
import { setExternalId } from './commands/set-external-id.ts';
import { restoreUser, suspendUser } from './commands/suspend-user.ts';
import { usersKind } from './imports/import-kinds.ts';
import { addImport } from './student-commands.ts';

/** Commands about users, under `users`. Their `--email` is the user's. */
export function addUserCommands(program: Command, runCommand: RunCommand): void {
  const users = program.command('users').description('accounts of people');
  const ofUsers =
    'make and change accounts by a CSV file with externalId, email and, if need be, givenName, familyName, name, roles and active';
  addImport(users, runCommand, usersKind, ofUsers);
  users
    .command('set-external-id <email> <id>')
    .description('set what the campus calls a user, for an admin')
    .action((email: string, id: string) => runCommand((context) => setExternalId(context, email, id)));
  users
    .command('search [words]')
    .description('show users who have all words in their names, email or external id')
    .addOption(
      new Option('--role <role>', 'of this role only').choices([
        'student',
        'instructor',
        'registrar',
        'admin',
      ]),
    )
    .addOption(new Option('--status <status>', 'of this status only').choices(['active', 'suspended']))
    .option('--max <count>', 'so many at most', '100')
    .action((words: string | undefined, filter: UserFilter) =>
      runCommand((context) => searchUsers(context, words, filter)),
    );
  person(users.command('suspend'))
    .description('suspend an account, for an admin; its sessions end within a second')
    .requiredOption('--reason <reason>', 'why; shown to nobody but kept')
    .action((words: PersonName & { reason: string }) =>
      runCommand((context) => suspendUser(context, words, words.reason)),
    );
  person(users.command('restore'))
    .description('end the suspension of an account, for an admin')
    .action((words: PersonName) => runCommand((context) => restoreUser(context, words)));
}

function person(command: Command): Command {
  return command
    .option('--email <mail>', 'which user, by email; who signs in is said before the command')
    .addOption(new Option('--external-id <id>', 'which user, by external id').conflicts('email'));
}

/** `bootstrap-admin`, for who runs the system. */
export function addBootstrap(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
  runCommand: (command: (context: BootstrapContext) => Promise<number>) => Promise<void>,
): void {
  program
    .command('bootstrap-admin <mail>')
    .description(
      'print a one-time link, good for 30 minutes, that makes the first admin; needs SERVICE_TOKEN_SECRET, or the local stack',
    )
    .action((mail: string) => runCommand((context) => bootstrapAdmin(context, mail, environment)));
}
