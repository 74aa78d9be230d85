/** A course that the reader means to take, with the linked sections that are taken along. */
export interface CartItem {
  readonly courseId: string;
  /** Ids of linked sections, one of each list. */
  readonly linked: readonly string[];
  /** Of variable credits; undefined: the course's upper value. */
  readonly credits?: number | undefined;
  /** Waits where there is no seat. */
  readonly joinWaitlist: boolean;
}

/** Items that a cart holds at most. */
export const mostItems = 20;

/** Changes that one request takes at most. */
const mostChanges = 10;
const mostLinked = 5;

/** The cart with an item at its end; one of the same course is replaced in its place. A full cart stays as it is. */
export function withItem(items: readonly CartItem[], item: CartItem): readonly CartItem[] {
  if (items.some(({ courseId }) => courseId === item.courseId))
    return items.map((one) => (one.courseId === item.courseId ? item : one));
  return items.length < mostItems ? [...items, item] : items;
}

/** The cart without those courses. */
export function withoutItems(items: readonly CartItem[], courseIds: readonly string[]): readonly CartItem[] {
  return items.filter(({ courseId }) => !courseIds.includes(courseId));
}

/** The items as sets that one request takes each, in order; an item and its linked sections are never parted. */
export function setsOf(items: readonly CartItem[]): readonly (readonly CartItem[])[] {
  const sets: CartItem[][] = [];
  let count = mostChanges;
  for (const item of items) {
    const size = 1 + item.linked.length;
    if (count + size > mostChanges) {
      sets.push([]);
      count = 0;
    }
    sets.at(-1)?.push(item);
    count += size;
  }
  return sets;
}

/**
 * The places that a request names for these items: each section before its linked ones.
 *
 * @param dropOnPromotion the enrollment that is given up when the first of them gets a seat
 */
export function placesOf(items: readonly CartItem[], dropOnPromotion?: string) {
  return items.flatMap(({ courseId, linked, credits, joinWaitlist }, at) => [
    {
      courseId,
      joinWaitlist,
      ...(credits !== undefined && { credits }),
      ...(at === 0 && dropOnPromotion !== undefined && { dropOnPromotion }),
    },
    ...linked.map((id) => ({ courseId: id, joinWaitlist })),
  ]);
}

/** The items of a stored value, as far as it makes sense: it may be of another release, or touched by hand. */
export function itemsIn(stored: unknown): readonly CartItem[] {
  if (!Array.isArray(stored)) return [];
  const items = (stored as unknown[]).flatMap((value) => itemIn(value) ?? []);
  return [...new Map(items.map((item) => [item.courseId, item])).values()].slice(0, mostItems);
}

function itemIn(value: unknown): CartItem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { courseId, linked, credits, joinWaitlist } = value as Record<string, unknown>;
  if (!isId(courseId)) return undefined;
  return {
    courseId,
    linked: Array.isArray(linked) ? (linked as unknown[]).filter(isId).slice(0, mostLinked) : [],
    ...(typeof credits === 'number' && Number.isFinite(credits) && { credits }),
    joinWaitlist: joinWaitlist === true,
  };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 100;
}
