import { useLingui } from '@lingui/react/macro';
import { Screen } from '../app/screen.tsx';
import { useSession } from '../app/session-hooks.ts';
import styles from './account.module.css';
import { BrowserSettings } from './browser-settings.tsx';
import { CampusLinks } from './campus-links.tsx';
import { ChangePassword } from './change-password.tsx';
import { CompletedCourses } from './completed-courses.tsx';
import { MailSettings } from './mail-settings.tsx';
import { OwnDataExport } from './own-data-export.tsx';
import { OwnHolds } from './own-holds.tsx';
import { OwnRecord } from './own-record.tsx';
import { OwnSessions } from './own-sessions.tsx';

/** `/account`: who the reader is, to a student holds, record and completed courses; the look of the portal, mails, and the password. */
export default function Account() {
  const { t } = useLingui();
  const { user } = useSession();
  return (
    <Screen title={t`Account`}>
      <dl className={styles['who']}>
        <div>
          <dt>{t`Name`}</dt>
          <dd>{user?.name}</dd>
        </div>
        <div>
          <dt>{t`Email`}</dt>
          <dd>{user?.email}</dd>
        </div>
      </dl>
      {user?.roles.includes('student') && (
        <>
          <OwnHolds />
          <OwnRecord />
          <CompletedCourses />
        </>
      )}
      <div className={styles['sections']}>
        <BrowserSettings />
        <MailSettings />
        <ChangePassword />
        <OwnSessions />
        <CampusLinks />
        <OwnDataExport />
      </div>
    </Screen>
  );
}
