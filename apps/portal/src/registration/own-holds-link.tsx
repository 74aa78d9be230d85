import { useLingui } from '@lingui/react/macro';
import { pathOfOwnHolds } from '../app/paths.ts';
import { ButtonLink } from '../ui/button.tsx';

/** Leads to the holds on the own account. */
export function OwnHoldsLink() {
  const { t } = useLingui();
  return <ButtonLink small href={pathOfOwnHolds}>{t`My holds`}</ButtonLink>;
}
