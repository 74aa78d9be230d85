import { Trans } from '@lingui/react/macro';
import { Status } from '../ui/status.tsx';
import { useGradeScale } from './own-record.ts';

/** A grade; one that does not pass says so. */
export function Grade({ grade }: { readonly grade: string }) {
  const scale = useGradeScale();
  if (scale.passes(grade)) return <Trans>Grade {grade}</Trans>;
  return (
    <Status tone="bad">
      <Trans>Grade {grade}, not passed</Trans>
    </Status>
  );
}
