import { useMemo } from 'react';
import type { Read } from '../api/queries.ts';
import { mapRead, useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useQueryState } from '../app/navigation.ts';

/** A semester. */
export type Semester = AnswerTo<'GET /api/semesters/:id'>;

/** Every semester, the latest first. */
export function useSemesters(): Read<readonly Semester[]> {
  const read = useApi('GET /api/semesters', {}, { staleTime: 60_000 });
  const items = read.data?.items;
  const sorted = useMemo(
    () => items?.toSorted((one, other) => (one.startsOn < other.startsOn ? 1 : -1)),
    [items],
  );
  return mapRead(read, () => sorted);
}

/** The semester of that id; null where there is none. Without an id, the current one. */
export function useSemester(id: string | undefined): Read<Semester | null> {
  return mapRead(
    useSemesters(),
    (all) => all.find((semester) => (id === undefined ? semester.current : semester.id === id)) ?? null,
  );
}

/** The current semester; null where none is. */
export function useCurrentSemester(): Read<Semester | null> {
  return useSemester(undefined);
}

/** The semester that the address names (`?semesterId=`), or the current one. */
export function useChosenSemester(): Read<Semester | null> {
  const [query] = useQueryState();
  return useSemester(query.get('semesterId') ?? undefined);
}
