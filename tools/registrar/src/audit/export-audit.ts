import { gatewayRoutes } from '@registrar/contracts-gateway';
import { itemsOf } from '@registrar/contracts-http';
import type { CommandContext } from '../commands/context.ts';
import { UsageFault, exitCodes } from '../faults.ts';
import { chainLine, chainStart } from './hash-chain.rules.ts';
import type { ChainEnd } from './hash-chain.rules.ts';

/** Which records: those of a time, the end excluded. Dates are in UTC. */
export interface AuditPeriod {
  from?: string;
  to?: string;
}

/**
 * Writes audit records as JSON lines to the terminal, the newest first, each with a hash that continues the one before;
 * the last line says how many there were. The last hash is reported apart: with a copy of it that is kept elsewhere it
 * can be shown later that nothing in the file is another.
 */
export async function exportAudit(
  { api, terminal }: CommandContext,
  { from, to }: AuditPeriod,
): Promise<number> {
  const begin = momentOf('--from', from) ?? '';
  const end = momentOf('--to', to) ?? '~';
  let before = chainStart;
  const write = (value: object) => {
    const { line, hash } = chainLine(before, value);
    before = hash;
    terminal.out(`${line}\n`);
  };
  let records = 0;
  const pages = itemsOf(
    async (paging) => (await api.call(gatewayRoutes.listAudit, { query: { ...paging } })).body,
  );
  for await (const record of pages) {
    if (record.at >= end) continue;
    if (record.at < begin) break;
    write(record);
    records += 1;
  }
  write({ end: { records } } satisfies ChainEnd);
  terminal.err(`${records} records. The last hash is ${before}: keep it apart from the file.\n`);
  return exitCodes.done;
}

function momentOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new UsageFault(`${option} is a date or a moment, such as 2026-08-31 or 2026-08-31T14:00:00Z.`);
  return new Date(ms).toISOString();
}
