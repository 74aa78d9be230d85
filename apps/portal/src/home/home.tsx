import { useLingui } from '@lingui/react/macro';
import { Screen } from '../app/screen.tsx';

export default function Placeholder() {
  const { t } = useLingui();
  return <Screen title={t`Home`}>{null}</Screen>;
}
