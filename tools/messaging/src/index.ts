export { findAddresses, type Addresses } from './addresses.ts';
export { readCommand, usage, UsageError, type Command } from './arguments.rules.ts';
export { runCommand } from './commands.ts';
