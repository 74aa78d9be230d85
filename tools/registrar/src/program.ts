import { Command, CommanderError } from 'commander';
import { credentialsFrom } from './api/credentials.ts';
import { RegistrarApi } from './api/registrar-api.ts';
import { addClientCommands } from './client-commands.ts';
import { addAuditCommands } from './audit-commands.ts';
import { addCatalogueCommands } from './catalogue-commands.ts';
import type { CommandContext, CommandOutput, RunCommand } from './commands/context.ts';
import { setCourseStatus } from './commands/course-status.ts';
import { exportRosters } from './commands/export-rosters.ts';
import { parseRequirements } from './commands/parse-requirements.ts';
import type { ParseRequest } from './commands/parse-requirements.ts';
import { showWaitlist } from './commands/show-waitlist.ts';
import { ApiFault, UsageFault, exitCodes } from './faults.ts';
import { shareOptions } from './shared-options.ts';
import type { SharedOptions } from './shared-options.ts';
import {
  addEnrollmentImport,
  addHoldCommands,
  addRecordCommands,
  addSemesterCommands,
} from './student-commands.ts';
import { printable } from './terminal.ts';
import { addBootstrap, addUserCommands } from './user-commands.ts';
import type { Terminal } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const intro = `Work of the registrar's office on a running system, over its HTTP API.

Sign in with --email and the password in REGISTRAR_PASSWORD, or with an access token in REGISTRAR_TOKEN.`;
const codes = `
Exit codes: 0 done, 1 refused, unreadable or unreachable, 2 wrong use, 3 done but for some lines.`;

/**
 * Runs the command line `args` (without the program's name).
 *
 * @returns the exit code; every fault has been told on `terminal.err`
 */
export async function runProgram(
  args: string[],
  environment: Environment,
  terminal: Terminal,
): Promise<number> {
  let code: number = exitCodes.done;
  const program = programOf(environment, terminal, (ended) => (code = ended));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return reportFault(error, terminal);
  }
}

function reportFault(error: unknown, terminal: Terminal): number {
  const words = error instanceof Error ? error.message : String(error);
  terminal.err(`${words.split('\n').map(printable).join('\n')}\n`);
  if (error instanceof UsageFault) return exitCodes.usage;
  if (error instanceof ApiFault) return exitCodes.failed;
  return exitCodes.failed;
}

function programOf(environment: Environment, terminal: Terminal, ended: (code: number) => void): Command {
  const program = new Command('registrar')
    .description(intro)
    .addHelpText('after', codes)
    .option('--url <address>', 'where the system is', environment['REGISTRAR_URL'] ?? 'http://127.0.0.1:3000')
    .option('--email <mail>', 'who signs in', environment['REGISTRAR_EMAIL'])
    .option('--json', 'the result as one line of JSON', false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .showHelpAfterError('(--help tells how it is used)');
  let options: SharedOptions = program.opts();
  const anonymous = () => ({ terminal, json: options.json, url: addressOf(options) });
  const run: RunCommand = async (command) => ended(await command(contextOf(options, environment, terminal)));
  addEnrollmentImport(program, run);
  program
    .command('export-rosters')
    .description('write the roster of each course of a semester as a CSV file')
    .requiredOption('--semester <id>', 'which semester')
    .requiredOption('--out <folder>', 'where to; made if it is not there')
    .action(({ semester, out }: { semester: string; out: string }) =>
      run((context) => exportRosters(context, semester, out)),
    );
  for (const [name, status] of [
    ['open', 'open'],
    ['close', 'closed'],
  ] as const) {
    program
      .command(`${name} <courseId>`)
      .description(`${name} a course for enrollment`)
      .action((courseId: string) => run((context) => setCourseStatus(context, courseId, status)));
  }
  program
    .command('waitlist <courseId>')
    .description('show who waits for a seat, the next first')
    .action((courseId: string) => run((context) => showWaitlist(context, courseId)));
  addRequirements(program, async (request) =>
    ended(await parseRequirements({ terminal, json: options.json }, request)),
  );
  const runAlone = async (command: (output: CommandOutput) => Promise<number>) =>
    ended(await command({ terminal, json: options.json }));
  addCatalogueCommands(program, run, runAlone);
  addAuditCommands(program, run, runAlone);
  addRecordCommands(program, run);
  addHoldCommands(program, run);
  addSemesterCommands(program, run);
  addUserCommands(program, run);
  addClientCommands(program, run);
  addBootstrap(program, environment, async (command) => ended(await command(anonymous())));
  const optionsOf = shareOptions(program);
  program.hook('preAction', (_, command) => void (options = optionsOf(command)));
  return program;
}

function addRequirements(program: Command, parse: (request: ParseRequest) => Promise<void>): void {
  program
    .command('requirements')
    .description('prerequisites of courses; no running system is asked')
    .command('parse [text]')
    .description("read a catalogue's English into a requirement, or say what cannot be read")
    .option('--file <path>', 'texts, one a line, or JSON objects, one a line')
    .option('--field <name>', 'the field of JSON objects that holds the text')
    .option(
      '--separator <text>',
      'what stands between department and number in course codes; as in the text if left out',
    )
    .action((text: string | undefined, options: Omit<ParseRequest, 'text'>) => parse({ ...options, text }));
}

function contextOf(
  { url, email, json }: SharedOptions,
  environment: Environment,
  terminal: Terminal,
): CommandContext {
  const address = addressOf({ url });
  return { api: new RegistrarApi(address, credentialsFrom(email, environment)), terminal, json };
}

/** Where the system is. @throws UsageFault where that is no address */
function addressOf({ url }: Pick<SharedOptions, 'url'>): string {
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new UsageFault(`--url is no address: ${url}`);
}
