import { useLingui } from '@lingui/react/macro';
import { Screen } from '../app/screen.tsx';
import { useSession } from '../app/session-hooks.ts';
import styles from './account.module.css';
import { BrowserSettings } from './browser-settings.tsx';
import { ChangePassword } from './change-password.tsx';
import { MailSettings } from './mail-settings.tsx';

/** `/account`: who the reader is, the look of the portal, mails, and the password. */
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
      <div className={styles['sections']}>
        <BrowserSettings />
        <MailSettings />
        <ChangePassword />
      </div>
    </Screen>
  );
}
