import { useState } from 'react';
import { useQueryState } from '../app/navigation.ts';

/**
 * The token of a mailed link, `#?token=`, or `?token=`; null without one. Servers never see a fragment, and it leaves
 * the address as soon as it is read, so that it stays in no history. `forget` goes on without it.
 */
export function useMailedToken(): { readonly token: string | null; readonly forget: () => void } {
  const [query, changeQuery] = useQueryState();
  const [fromFragment, setFromFragment] = useState(takeFragment);
  const forget = () => {
    taken = undefined;
    setFromFragment(null);
    changeQuery({ token: undefined });
  };
  return { token: fromFragment ?? query.get('token'), forget };
}

/** Kept here, as React may begin to show a page more than once. */
let taken: { readonly path: string; readonly token: string } | undefined;

function takeFragment(): string | null {
  const path = location.pathname;
  const token = location.hash.startsWith('#?')
    ? new URLSearchParams(location.hash.slice(2)).get('token')
    : null;
  if (token !== null) {
    taken = { path, token };
    history.replaceState(history.state, '', path);
  }
  return taken?.path === path ? taken.token : null;
}
