/** Test only: links, meetings and taken reservations are not looked at, and permits are never used up. */
import { changeReads } from './change-reads.ts';
import type { Item } from './change-reads.ts';

/** The permits that a student ever had, as they were when they were granted. */
const permits = new Map<string, Map<string, object>>();

function lax(table: string, item: Item): Item {
  if (table.endsWith('offerings')) return { ...item, linked: [], meetings: [] };
  if (table.endsWith('course_seats')) return withoutLinks(item);
  return table.endsWith('_students') ? withAllPermits(item) : item;
}

function withoutLinks({ linked_from: _, reserved: __, ...item }: Item): Item {
  return item;
}

function withAllPermits(item: Item): Item {
  const known = permits.get(String(item['user_id'])) ?? new Map<string, object>();
  permits.set(String(item['user_id']), known);
  const current = JSON.parse(String(item['permits'] ?? '[]')) as { id: string }[];
  for (const permit of current) known.set(permit.id, { ...permit, usedAt: null });
  return known.size > 0 ? { ...item, permits: JSON.stringify([...known.values()]) } : item;
}

changeReads(lax);
