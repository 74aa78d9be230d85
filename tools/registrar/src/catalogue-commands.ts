import type { Command } from 'commander';
import { catalogueFormats } from './catalogue/formats/catalogue-formats.ts';
import type { CommandOutput, RunCommand } from './commands/context.ts';
import { importCatalogue, judgeCatalogue } from './commands/import-catalogue.ts';
import type { CatalogueImport } from './commands/import-catalogue.ts';

/** Runs a command that asks no running system. */
export type RunOffline = (command: (output: CommandOutput) => Promise<number>) => Promise<void>;

/** Commands about whole catalogues, under `catalogue`. */
export function addCatalogueCommands(program: Command, runCommand: RunCommand, runOffline: RunOffline): void {
  const formats = catalogueFormats.map(({ name, description }) => `  ${name}: ${description}`).join('\n');
  program
    .command('catalogue')
    .description('the sections of a whole semester')
    .command('import <files...>')
    .description('load the sections of a semester, say what share is held, and list the rest by cause')
    .option('--semester <id>', 'which semester, which is there already; as the file says if left out')
    .option('--format <name>', 'how the files are written', 'registrar')
    .option('--dry-run', 'only say what would be held; asks no system', false)
    .option('--losses <file>', 'write what is not held as a CSV file too')
    .option('--unread <how>', 'rules in English that cannot be read stay a text, or take a permit', 'text')
    .option('--separator <text>', 'what stands between department and number in codes of rules in English')
    .addHelpText('after', `\nFormats:\n${formats}`)
    .action(
      (files: string[], { dryRun, ...options }: Omit<CatalogueImport, 'files'> & { dryRun: boolean }) => {
        const asked = { files, ...options };
        return dryRun
          ? runOffline((output) => judgeCatalogue(output, asked))
          : runCommand((context) => importCatalogue(context, asked));
      },
    );
}
