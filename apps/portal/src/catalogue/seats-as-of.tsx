import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { useSeatsAsOf } from '../live/use-seats.ts';
import { Status } from '../ui/status.tsx';

/** Says from when seat counts are, while the live stream is silent. */
export function SeatsAsOf() {
  const asOfMs = useSeatsAsOf();
  const format = useFormat();
  if (asOfMs === undefined) return null;
  const time = format.clock(asOfMs);
  return (
    <Status tone="warn" icon="clock">
      <Trans>Seats as of {time}</Trans>
    </Status>
  );
}
