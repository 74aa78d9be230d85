import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What may be asked of the tool. */
export type Command =
  | { name: 'dlq list'; topic: string; limit: number; json: boolean }
  | { name: 'dlq replay'; topic: string }
  | { name: 'topics create'; replication: number }
  | { name: 'rebuild'; service: string; projection: string };

/** How the tool is used; shown when it is used otherwise. */
export const usage = `npm run messaging -- dlq list --topic <topic> [--limit 100] [--json]
npm run messaging -- dlq replay --topic <topic>
npm run messaging -- topics create [--replication 1]
npm run messaging -- rebuild --service <service> --projection <projection>`;

/** The command line asks for nothing that the tool does. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const word = z.string().regex(/^[a-z][a-z0-9.-]*$/, 'lower case letters, digits, dots and dashes');
const commands = {
  'dlq list': z.strictObject({
    topic: word,
    limit: z.coerce.number().int().min(1).max(10_000).default(100),
    json: z.boolean().default(false),
  }),
  'dlq replay': z.strictObject({ topic: word }),
  'topics create': z.strictObject({ replication: z.coerce.number().int().min(1).max(5).default(1) }),
  rebuild: z.strictObject({ service: word, projection: word }),
};

/** Reads the command line; throws UsageError with every fault at once. */
export function readCommand(args: string[]): Command {
  const { positionals, values } = split(args);
  const name = positionals.join(' ');
  if (!isCommandName(name)) throw new UsageError(name === '' ? 'no command' : `unknown command: ${name}`);
  const parsed = commands[name].safeParse(values);
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  return { name, ...parsed.data } as Command;
}

function split(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        topic: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
        replication: { type: 'string' },
        service: { type: 'string' },
        projection: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unreadable');
  }
}

function isCommandName(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}
