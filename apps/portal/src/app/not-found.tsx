import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../ui/button.tsx';
import { paths } from './paths.ts';
import { Screen } from './screen.tsx';

/** For an address that leads nowhere. */
export function NotFound() {
  const { t } = useLingui();
  return (
    <Screen title={t`Page not found`}>
      <p>
        <Trans>Nothing is at this address. It may be mistyped, or what was here is gone.</Trans>
      </p>
      <p>
        <ButtonLink href={paths.courses}>{t`Find courses`}</ButtonLink>
      </p>
    </Screen>
  );
}
