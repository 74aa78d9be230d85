import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormat } from '../app/format.ts';
import { Notice } from '../ui/status.tsx';
import type { Hold } from './use-own-window.ts';

interface HoldNoticeProps {
  readonly hold: Pick<Hold, 'office' | 'reason' | 'blocks' | 'placedAt'>;
  /** Leads to all holds. */
  readonly actions?: ReactNode;
}

/** A hold in force: who placed it and why, what it stops, since when, and how it is cleared. */
export function HoldNotice({ hold, actions }: HoldNoticeProps) {
  const format = useFormat();
  const { office, reason, blocks, placedAt } = hold;
  const since = format.day(placedAt);
  return (
    <Notice tone="warn" actions={actions}>
      <p>
        <strong>
          <Trans>Hold: {office}</Trans>
        </strong>
      </p>
      <p>{reason}</p>
      <p>
        <Stopped blocks={blocks} /> <Trans>In force since {since}.</Trans>
      </p>
      <p>
        <Trans>Contact {office} to have it released.</Trans>
      </p>
    </Notice>
  );
}

/** What a hold stops, in a sentence. */
function Stopped({ blocks }: Pick<Hold, 'blocks'>) {
  const { t } = useLingui();
  if (blocks.length > 1) return t`It stops you from enrolling and from dropping courses.`;
  return blocks.includes('drop') ? t`It stops you from dropping courses.` : t`It stops you from enrolling.`;
}
