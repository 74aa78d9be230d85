import { useLingui } from '@lingui/react/macro';
import { useUnreadCount } from '../inbox/use-inbox.ts';
import type { IconName } from '../ui/icon.tsx';
import { Icon } from '../ui/icon.tsx';
import { Link, usePath } from './navigation.ts';
import { paths } from './paths.ts';
import styles from './main-navigation.module.css';
import { useSession } from './session-hooks.ts';

/** The places of the portal, those that need a session only with one. */
export function MainNavigation({ onChosen }: { readonly onChosen: () => void }) {
  const { t } = useLingui();
  const path = usePath();
  const hasSession = useSession().user !== undefined;
  const unread = useUnreadCount();
  const places: readonly (readonly [string, string, IconName, number?])[] = [
    [paths.home, t`Home`, 'home'],
    [paths.courses, t`Find courses`, 'search'],
    ...(hasSession
      ? ([
          [paths.plan, t`Plan`, 'list'],
          [paths.register, t`Register`, 'cart'],
          [paths.timetable, t`Timetable`, 'calendar'],
          [paths.enrollments, t`My courses`, 'book'],
          [paths.waitlists, t`Waitlists`, 'queue'],
          [paths.notifications, t`Notifications`, 'bell', unread],
        ] as const)
      : []),
  ];
  return (
    <nav aria-label={t`Main`}>
      <ul className={styles['places']}>
        {places.map(([href, name, icon, count = 0]) => (
          <li key={href}>
            <Link
              href={href}
              className={styles['place'] ?? ''}
              aria-current={path === href ? 'page' : undefined}
              onClick={onChosen}
            >
              <Icon name={icon} />
              {name}
              {count > 0 && (
                <span className={styles['count']}>
                  {count}
                  <span className="visually-hidden"> {t`unread`}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
