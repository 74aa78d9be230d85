import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { Status } from '../ui/status.tsx';
import type { Permit } from './permit.rules.ts';

/** Says that the reader has a permit, and until when it can be used. */
export function PermitNotice({ permit: { expiresAt } }: { readonly permit: Permit }) {
  const format = useFormat();
  const until = expiresAt === null ? undefined : format.moment(expiresAt);
  return (
    <Status tone="ok">
      {until === undefined ? (
        <Trans>You have a permit for this course</Trans>
      ) : (
        <Trans>You have a permit for this course, until {until}</Trans>
      )}
    </Status>
  );
}
