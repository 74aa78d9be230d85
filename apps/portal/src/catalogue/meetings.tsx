import type { Meeting } from '@registrar/contracts-courses';
import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { meetingLines } from '../registration/meetings.rules.ts';
import styles from './meetings.module.css';

/** When and where a course meets, a line for each time. */
export function Meetings({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const format = useFormat();
  const lines = meetingLines(meetings);
  if (lines.length === 0)
    return (
      <span className={styles['none']}>
        <Trans>No fixed times</Trans>
      </span>
    );
  return (
    <ul>
      {lines.map(({ days, start, end, room }) => (
        <li key={`${days.join()} ${start} ${room}`}>
          {days.map((day) => format.weekday(day, 'short')).join(', ')} {format.time(start)}–{format.time(end)}
          {room !== '' && <span className={styles['room']}>{room}</span>}
        </li>
      ))}
    </ul>
  );
}
