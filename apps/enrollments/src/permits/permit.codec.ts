import type { Permit } from '@registrar/contracts-enrollments';

/** A permit as it is stored: name and address of the student are read when it is shown. */
export type StoredPermit = Omit<Permit, 'userName' | 'userEmail'>;

/** An item of the `permits` table. */
export interface PermitItem {
  id: string;
  course_id: string;
  user_id: string;
  allows: Permit['allows'];
  expires_at?: string;
  note: string;
  granted_by: string;
  granted_at: string;
  used_at?: string;
  revoked_at?: string;
  revoked_by?: string;
  /** Time and id: sorts both indexes. */
  granted_key: string;
  /** TTL, seconds; absent where the semester was not known. `expires_at` is the permit's own end. */
  kept_until?: number;
}

/** The permit that an item is. */
export function permitOf(item: PermitItem): StoredPermit {
  return {
    id: item.id,
    courseId: item.course_id,
    userId: item.user_id,
    allows: item.allows,
    expiresAt: item.expires_at ?? null,
    note: item.note,
    grantedBy: item.granted_by,
    grantedAt: item.granted_at,
    usedAt: item.used_at ?? null,
    revokedAt: item.revoked_at ?? null,
  };
}

/** The item of a permit that is being granted: use and revocation are marked on it later. */
export function permitItem(permit: Omit<StoredPermit, 'usedAt' | 'revokedAt'>): PermitItem {
  const { id, courseId, userId, allows, expiresAt, note, grantedBy, grantedAt } = permit;
  return {
    id,
    course_id: courseId,
    user_id: userId,
    allows,
    ...(expiresAt !== null && { expires_at: expiresAt }),
    note,
    granted_by: grantedBy,
    granted_at: grantedAt,
    granted_key: grantedKey(permit),
  };
}

/** Where a permit stands in lists: by time, then by id. */
export function grantedKey({ grantedAt, id }: Pick<StoredPermit, 'grantedAt' | 'id'>): string {
  return `${grantedAt}#${id}`;
}
