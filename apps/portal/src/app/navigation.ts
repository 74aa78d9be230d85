import { useCallback } from 'react';
import { Link, useLocation, useParams, useSearch } from 'wouter';
import { navigate as wouterNavigate } from 'wouter/use-browser-location';

export { Link, useParams };

/** Goes to a path of the portal; the entry of the screen that is left keeps its scroll place. */
export function goTo(path: string, options: { readonly replace?: boolean } = {}): void {
  wouterNavigate(path, options);
}

/** The path that is shown. */
export function usePath(): string {
  return useLocation()[0];
}

/** The query of the address as one state: read, and written without a new entry of the history. */
export function useQueryState(): [
  URLSearchParams,
  (changes: Readonly<Record<string, string | undefined>>) => void,
] {
  const search = useSearch();
  const change = useCallback((changes: Readonly<Record<string, string | undefined>>) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes))
      if (value === undefined || value === '') next.delete(name);
      else next.set(name, value);
    const query = next.toString();
    goTo(`${location.pathname}${query === '' ? '' : `?${query}`}`, { replace: true });
  }, []);
  return [new URLSearchParams(search), change];
}

const places = new Map<string, Place>();
let current = '';
let arrival: 'link' | 'history' = 'link';

/** How a screen was left: scrolled to `y`, with the focus on the element of that id. */
export interface Place {
  readonly y: number;
  readonly focusId: string | undefined;
}

/** Remembers scroll and focus of every address, so that Back finds them as they were. Call once, before the first screen. */
export function startPlaces(): void {
  history.scrollRestoration = 'manual';
  current = location.href;
  addEventListener('scroll', keepPlace, { passive: true });
  addEventListener('focusin', keepPlace);
  for (const name of ['pushState', 'replaceState', 'popstate'])
    addEventListener(name, () => {
      arrival = name === 'popstate' ? 'history' : 'link';
      current = location.href;
    });
}

/** The place to restore: undefined where the reader came by a link, or for the first time. */
export function placeToRestore(): Place | undefined {
  return arrival === 'history' ? places.get(location.href) : undefined;
}

function keepPlace(): void {
  const id = document.activeElement?.id;
  places.set(current, { y: scrollY, focusId: id === '' ? undefined : id });
}
