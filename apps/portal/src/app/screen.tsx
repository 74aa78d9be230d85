import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useCampus } from './campus.ts';
import { placeToRestore, usePath } from './navigation.ts';
import styles from './screen.module.css';

interface ScreenProps {
  /** Of the page and its one `h1`. */
  readonly title: string;
  /** Stands beside the title. */
  readonly aside?: ReactNode;
  /** False while the height of the page is not final yet: then the place of Back is restored later. */
  readonly isReady?: boolean;
  readonly children: ReactNode;
}

/** The frame of every screen: document title, one `h1` that gets the focus on navigation, and the place that Back restores. */
export function Screen({ title, aside, isReady = true, children }: ScreenProps) {
  const { name } = useCampus();
  const heading = useRef<HTMLHeadingElement>(null);
  const path = usePath();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  useLayoutEffect(() => {
    if (!isReady) return;
    const place = placeToRestore();
    scrollTo(0, place?.y ?? 0);
    const focused = place?.focusId === undefined ? null : document.getElementById(place.focusId);
    if (isFirstScreen) isFirstScreen = false;
    else (focused ?? heading.current)?.focus({ preventScroll: true });
  }, [path, isReady]);
  return (
    <>
      <div className={styles['head']}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </div>
      <div className={styles['body']}>{children}</div>
    </>
  );
}

/** A page that was just loaded keeps the focus where the browser put it. */
let isFirstScreen = true;
