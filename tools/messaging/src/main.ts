import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import { findAddresses } from './addresses.ts';
import { readCommand, usage, UsageError } from './arguments.rules.ts';
import { runCommand } from './commands.ts';

const workspace = join(import.meta.dirname, '..', '..', '..');

// What kafkajs tries again is of no interest here; what fails in the end is told below.
Logger.overrideLogger(false);

try {
  const command = readCommand(process.argv.slice(2));
  for (const line of await runCommand(command, findAddresses(workspace, process.env), workspace))
    console.log(line);
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
