import { randomUUID } from 'node:crypto';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { Hold, PlaceHoldRequest } from '@registrar/contracts-enrollments';
import { itemsOf } from '@registrar/contracts-http';
import { UsageFault, exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { campusTimeOf } from './campus-words.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';
import { findUser } from './find-user.ts';
import type { PersonName } from './find-user.ts';

/** A hold as the command line says it. */
export interface HoldWords extends PersonName {
  office: string;
  reason: string;
  /** `enroll`, `drop`, or both with a comma. */
  blocks: string;
}

/** Which holds are shown. */
export interface HoldFilter extends PersonName {
  office?: string | undefined;
  /** Those in force only. */
  active: boolean;
}

/** Places a hold on a student; in force for the very next request. */
export async function placeHold(context: CommandContext, words: HoldWords): Promise<number> {
  const { office, reason } = words;
  const blocks = blocksOf(words.blocks);
  const { id: userId, email } = await findUser(context.api, words);
  const ask = { key: randomUUID(), body: { userId, office, reason, blocks } };
  const { body: hold } = await context.api.call(enrollmentRoutes.placeHold, ask);
  const does = `${email} cannot ${hold.blocks.join(' or ')} until ${hold.office} releases it`;
  tell(context, hold, `Placed ${hold.id}: ${does}.`);
  return exitCodes.done;
}

/** Releases a hold; one that was released stays as it is. */
export async function releaseHold(context: CommandContext, id: string): Promise<number> {
  const { body: hold } = await context.api.call(enrollmentRoutes.releaseHold, { params: { id } });
  tell(context, hold, `${hold.id} of ${hold.office} is released.`);
  return exitCodes.done;
}

/** Shows holds, the newest first. */
export async function listHolds(context: CommandContext, filter: HoldFilter): Promise<number> {
  const { api, json } = context;
  const isOfOne = filter.email !== undefined || filter.externalId !== undefined;
  const query = {
    ...(isOfOne && { userId: (await findUser(api, filter)).id }),
    ...(filter.office !== undefined && { office: filter.office }),
    ...(filter.active && { active: 'true' as const }),
  };
  const holds = await Array.fromAsync(
    itemsOf(
      async (paging) => (await api.call(enrollmentRoutes.listHolds, { query: { ...query, ...paging } })).body,
    ),
  );
  tell(context, { holds }, json ? '' : await inWords(context, holds));
  return exitCodes.done;
}

function blocksOf(words: string): PlaceHoldRequest['blocks'] {
  const parts = [...new Set(words.split(/[,|]/).map((part) => part.trim()))];
  const blocks = parts.filter((part) => part === 'enroll' || part === 'drop');
  if (blocks.length < parts.length) throw new UsageFault('--blocks is enroll, drop, or enroll,drop.');
  return blocks;
}

async function inWords({ api }: CommandContext, holds: readonly Hold[]): Promise<string> {
  if (holds.length === 0) return 'No holds.';
  const at = await campusTimeOf(api);
  const rows = holds.map(({ id, userId, office, blocks, placedAt, releasedAt, reason }) => [
    id,
    userId,
    office,
    blocks.join(', '),
    at(placedAt),
    releasedAt === null ? 'in force' : `released ${at(releasedAt)}`,
    reason,
  ]);
  return `${holds.length === 1 ? '1 hold' : `${holds.length} holds`}:\n${table(rows)}`;
}
