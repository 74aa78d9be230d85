import styles from './icon.module.css';

/** Strokes on a grid of 24, drawn with a width of 2. */
const strokes = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3v.2',
  refused: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8.5 8.5l7 7M15.5 8.5l-7 7',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5.2l3.5 2',
  queue: 'M4 7h10M4 12h16M4 17h7',
  seat: 'M7 4v9h10M17 13v7M7 13v7M7 8h7',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20 20',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4',
  user: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v6M12 7.2v.2',
  offline: 'M3 3l18 18M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5-2.8M9 16a4.5 4.5 0 0 1 6 0M12 20v.2',
  home: 'M4 11l8-7 8 7M6 9.5V20h12V9.5',
  book: 'M5 4h9a4 4 0 0 1 4 4v12H9a4 4 0 0 1-4-4zM5 16a4 4 0 0 1 4-4h9',
  calendar: 'M4 6h16v14H4zM4 11h16M8 3v5M16 3v5',
  cart: 'M3 4h3l2.5 11h9L20 7.5H7M9.5 19v.2M16.5 19v.2',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  pencil: 'M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.2M4.5 12h.2M4.5 18h.2',
} as const;

/** A picture beside a word; it says nothing by itself. */
export type IconName = keyof typeof strokes;

/** Draws an icon in the colour of the text. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={styles['icon']} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  );
}
