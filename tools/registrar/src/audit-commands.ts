import type { Command } from 'commander';
import { exportAudit } from './audit/export-audit.ts';
import type { AuditPeriod } from './audit/export-audit.ts';
import { verifyAudit } from './audit/verify-audit.ts';
import type { CommandOutput, RunCommand } from './commands/context.ts';

/** Runs a command that asks no system. */
type RunAlone = (command: (output: CommandOutput) => Promise<number>) => Promise<void>;

/** Commands about audit records, under `audit`. */
export function addAuditCommands(program: Command, runCommand: RunCommand, runAlone: RunAlone): void {
  const audit = program.command('audit').description('records of who did what, for admins');
  audit
    .command('export')
    .description('write audit records as JSON lines with a hash chain, the newest first')
    .option('--from <time>', 'from this date or moment on; dates begin in UTC')
    .option('--to <time>', 'up to this date or moment, which is not in it any more')
    .action((period: AuditPeriod) => runCommand((context) => exportAudit(context, period)));
  audit
    .command('verify <file>')
    .description('check a file of an export; no running system is asked')
    .action((file: string) => runAlone((output) => verifyAudit(output, file)));
}
