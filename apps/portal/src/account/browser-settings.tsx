import { useLingui } from '@lingui/react/macro';
import type { Language, Preferences } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/preferences.ts';
import { CheckField, SelectField } from '../ui/field.tsx';
import styles from './account.module.css';

/** Theme, language and shortcuts of this browser; they hold at once. */
export function BrowserSettings() {
  const { t, i18n } = useLingui();
  const { theme, shortcuts } = usePreferences();
  return (
    <section className={styles['section']} aria-labelledby="browser-settings">
      <h2 id="browser-settings">{t`This browser`}</h2>
      <SelectField
        label={t`Theme`}
        value={theme}
        onChange={({ target }) => void changePreferences({ theme: target.value as Preferences['theme'] })}
      >
        <option value="system">{t`System`}</option>
        <option value="light">{t`Light`}</option>
        <option value="dark">{t`Dark`}</option>
      </SelectField>
      <SelectField
        label={t`Language`}
        value={i18n.locale}
        onChange={({ target }) => void changePreferences({ language: target.value as Language })}
      >
        {/* Each language by its own name, so that a reader of only one finds it. */}
        <option value="en" lang="en">
          {'English'}
        </option>
        <option value="de" lang="de">
          {'Deutsch'}
        </option>
      </SelectField>
      <CheckField
        label={t`Shortcuts of one key, such as / to search`}
        checked={shortcuts}
        onChange={({ target }) => void changePreferences({ shortcuts: target.checked })}
      />
    </section>
  );
}
