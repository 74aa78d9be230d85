import { useMemo, useSyncExternalStore } from 'react';
import { keepStored, onStoredElsewhere, readStored } from '../api/storage.ts';
import { session } from '../api/session.ts';
import { useSession } from '../app/session-hooks.ts';
import type { CartItem } from './cart.rules.ts';
import { moved } from '../ui/moved.rules.ts';
import { itemsIn, withItem, withoutItems } from './cart.rules.ts';

/** Carts by semester, the one that was changed last at the end. */
type Stored = Readonly<Record<string, unknown>>;

const mostSemesters = 4;
const empty: readonly CartItem[] = [];
const listeners = new Set<() => void>();
const seen = new Map<string, { readonly text: string; readonly items: readonly CartItem[] }>();

const nameOf = (userId: string) => `cart:${userId}`;

/**
 * What a reader means to take in a semester, kept by this browser for each user: also after signing out, since it is
 * built up for an opening days later. Ids of courses only.
 */
export const cart = {
  /** The items, in order; the same array until they change. */
  itemsOf(userId: string | undefined, semesterId: string): readonly CartItem[] {
    if (userId === undefined) return empty;
    const stored = storedOf(userId)[semesterId];
    const text = JSON.stringify(stored ?? null);
    const key = `${userId} ${semesterId}`;
    const before = seen.get(key);
    if (before?.text === text) return before.items;
    const items = itemsIn(stored);
    seen.set(key, { text, items });
    return items;
  },

  /** Puts an item in, or changes the one of the same course. */
  put(semesterId: string, item: CartItem): void {
    change(semesterId, (items) => withItem(items, item));
  },

  /** Moves a course by so many places. */
  move(semesterId: string, courseId: string, by: number): void {
    change(semesterId, (items) =>
      moved(
        items,
        items.findIndex((item) => item.courseId === courseId),
        by,
      ),
    );
  },

  /** Takes courses out. */
  remove(semesterId: string, courseIds: readonly string[]): void {
    change(semesterId, (items) => withoutItems(items, courseIds));
  },
};

/** The cart of a semester, and its changes. */
export function useCart(semesterId: string): readonly CartItem[] {
  const { user } = useSession();
  const userId = user?.id;
  const subscribe = useMemo(() => subscriberOf(userId), [userId]);
  return useSyncExternalStore(subscribe, () => cart.itemsOf(userId, semesterId));
}

function subscriberOf(userId: string | undefined): (changed: () => void) => () => void {
  return (changed) => {
    listeners.add(changed);
    const stop = userId === undefined ? undefined : onStoredElsewhere(nameOf(userId), changed);
    return () => {
      listeners.delete(changed);
      stop?.();
    };
  };
}

function change(semesterId: string, make: (items: readonly CartItem[]) => readonly CartItem[]): void {
  const userId = session.current().user?.id;
  if (userId === undefined) return;
  const { [semesterId]: before, ...others } = storedOf(userId);
  const items = make(itemsIn(before));
  const kept = Object.entries(others).slice(-(mostSemesters - 1));
  keepStored(nameOf(userId), Object.fromEntries([...kept, [semesterId, items]]));
  for (const changed of listeners) changed();
}

function storedOf(userId: string): Stored {
  const stored = readStored<unknown>(nameOf(userId));
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as Stored) : {};
}
