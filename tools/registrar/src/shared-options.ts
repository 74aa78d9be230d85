import { Option } from 'commander';
import type { Command } from 'commander';

/** Where the system is, who signs in, and how results are written. */
export interface SharedOptions {
  url: string;
  email: string | undefined;
  json: boolean;
}

/**
 * Lets the options of `program` be given after a command too. A command with an option of the same name keeps that for
 * itself: there the program's is given before the command.
 *
 * @returns the shared options as they were given for a command
 */
export function shareOptions(program: Command): (command: Command) => SharedOptions {
  program.enablePositionalOptions();
  const shared = new Map<Command, Set<string>>();
  const share = (command: Command): void => {
    const own = new Set(command.options.map(({ long }) => long));
    const added = program.options.filter(({ long }) => !own.has(long));
    for (const { flags } of added) command.addOption(new Option(flags).hideHelp());
    shared.set(command, new Set(added.map((option) => option.attributeName())));
    if (command.commands.length > 0) command.enablePositionalOptions();
    command.commands.forEach(share);
  };
  program.commands.forEach(share);
  return (command) => {
    const found: Record<string, unknown> = { ...program.opts() };
    for (let each: Command | null = command; each && each !== program; each = each.parent)
      for (const name of shared.get(each) ?? [])
        if (each.getOptionValueSource(name) === 'cli') found[name] = each.getOptionValue(name);
    return found as unknown as SharedOptions;
  };
}
