import { match } from '@registrar/eligibility';
import { z } from 'zod';
import { UsageFault } from '../faults.ts';
import { contentOf, rowsOf } from '../imports/file-lines.ts';

const ticket = z.strictObject({
  name: z.string().trim().min(1),
  match,
  opensAt: z.iso.datetime({
    offset: true,
    message: 'Give a time with its offset, such as 2026-11-01T08:00:00-05:00.',
  }),
});

/** When enrollment opens for whom. */
export type Ticket = z.infer<typeof ticket>;

const tickets = z.array(ticket);
const lists = ['programs', 'levels', 'groups'] as const;
const columns = { names: ['name', 'opensAt'], optional: [...lists, 'minCredits'] };

/**
 * Reads the tickets of a semester: a JSON list of them, or a CSV file with the columns name and opensAt, and those of
 * programs, levels, groups and minCredits that are needed.
 *
 * @throws UsageFault that names every fault; a file without tickets is one
 */
export async function readTickets(file: string): Promise<Ticket[]> {
  const content = await contentOf(file);
  const isJson = /^\uFEFF?\s*[[{]/.test(Buffer.from(content.subarray(0, 1_000)).toString());
  const found = isJson ? ofJson(file, content) : ofCsv(file, content);
  if (found.length === 0) throw new UsageFault(`${file} has no tickets. To take all away, say --clear.`);
  return found;
}

function ofJson(file: string, content: Uint8Array): Ticket[] {
  const parsed = tickets.safeParse(jsonOf(file, content));
  if (parsed.success) return parsed.data;
  throw faulty(
    file,
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`),
  );
}

function jsonOf(file: string, content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (error) {
    throw new UsageFault(`${file} is no JSON: ${(error as Error).message}`);
  }
}

function ofCsv(file: string, content: Uint8Array): Ticket[] {
  const faults: string[] = [];
  const found: Ticket[] = [];
  for (const row of rowsOf(file, content, columns)) {
    const parsed = 'cells' in row ? ticket.safeParse(ofCells(row.cells)) : undefined;
    if (parsed?.success) found.push(parsed.data);
    const words = parsed?.error?.issues.map(({ path, message }) => `${String(path.at(-1))}: ${message}`);
    for (const each of words ?? ('fault' in row ? [row.fault] : [])) faults.push(`line ${row.line}: ${each}`);
  }
  if (faults.length > 0) throw faulty(file, faults);
  return found;
}

/** An empty cell does not narrow whom the ticket is for. */
function ofCells(cells: Readonly<Record<string, string | undefined>>): unknown {
  const listed = lists.map(
    (name) => [name, (cells[name] ?? '').split('|').map((part) => part.trim())] as const,
  );
  const named = listed.map(([name, parts]) => [name, parts.filter((part) => part !== '')] as const);
  const { name, opensAt, minCredits = '' } = cells;
  return {
    name,
    opensAt,
    match: {
      ...Object.fromEntries(named.filter(([, parts]) => parts.length > 0)),
      ...(minCredits !== '' && { minCredits: Number(minCredits) }),
    },
  };
}

function faulty(file: string, faults: readonly string[]): UsageFault {
  return new UsageFault(
    `${file} is not a list of tickets:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}
