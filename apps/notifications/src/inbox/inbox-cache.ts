import { Injectable } from '@nestjs/common';
import { Caches, keys } from '@registrar/cache';
import type { VersionedCache } from '@registrar/cache';
import type { InboxRow } from '../ledger/notification-row.ts';

/** The versions of the mails of a page's rows. */
export function mailVersions(rows: readonly InboxRow[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ id, mail_version: version = 0 }) => [id, version]));
}

/** Keys of what this service caches. */
export const inboxKeys = keys('notifications', { firstPage: 'inbox:{id}' });

/** Own data: a net under the invalidations, not the freshness. */
const ttlMs = 15 * 60_000;

/**
 * The first page of each inbox, in Redis alone, so that a person sees their own last change on every instance.
 * Its versions: `v` of the rows and read marks, and by the id of each row that of its mail.
 */
@Injectable()
export class InboxCache {
  readonly pages: VersionedCache;

  constructor(caches: Caches) {
    this.pages = caches.create({ name: 'registrar-notifications', levels: 'l2', ttlMs });
  }
}
