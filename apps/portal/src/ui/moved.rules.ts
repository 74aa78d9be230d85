/** The list with the element at `at` moved by so many places; the same list where there is no such place. */
export function moved<Item>(items: readonly Item[], at: number, by: number): readonly Item[] {
  const item = items[at];
  const to = at + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(at, 1).toSpliced(to, 0, item);
}
