import type { Command } from 'commander';
import { createClient, createClientSecret, listClients } from './commands/clients.ts';
import type { RunCommand } from './commands/context.ts';

/** Commands about API clients, under `clients`. */
export function addClientCommands(program: Command, run: RunCommand): void {
  const clients = program
    .command('clients')
    .description('programs that call the API in their own name, for an admin');
  clients
    .command('list')
    .description('show API clients, the newest first')
    .action(() => run(listClients));
  clients
    .command('create <name>')
    .description('make an API client; it has no secret yet')
    .requiredOption('--scopes <scopes>', 'what it may do, with commas between')
    .action((name: string, { scopes }: { scopes: string }) =>
      run((context) => createClient(context, name, scopes)),
    );
  clients
    .command('secret <clientId>')
    .description('make a secret of an API client and print it, this once')
    .action((clientId: string) => run((context) => createClientSecret(context, clientId)));
}
