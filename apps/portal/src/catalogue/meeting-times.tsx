import type { Meeting } from '@registrar/contracts-courses';
import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { meetingDates } from './meeting-dates.ts';
import { groupMeetings } from './meetings.rules.ts';
import styles from './meeting-times.module.css';

/** When and where a course meets: "Mon, Wed 9:00 AM – 9:50 AM · Hall 101", a line for each time and room. */
export function MeetingTimes({ meetings }: { readonly meetings: readonly Meeting[] }) {
  const format = useFormat();
  if (meetings.length === 0)
    return (
      <span className={styles['none']}>
        <Trans>No set times</Trans>
      </span>
    );
  return (
    <ul>
      {groupMeetings(meetings).map(({ days, start, end, room, ...dates }) => (
        <li key={`${start} ${end} ${room} ${dates.startsOn} ${dates.endsOn}`} className={styles['group']}>
          <span>
            {days.map((day) => format.weekday(day, 'short')).join(', ')}{' '}
            <span className={styles['clock']}>
              {format.time(start)}–{format.time(end)}
            </span>
          </span>
          {room !== '' && <span className={styles['room']}>{room}</span>}
          <MeetingDates dates={dates} />
        </li>
      ))}
    </ul>
  );
}

function MeetingDates({ dates }: { readonly dates: Pick<Meeting, 'startsOn' | 'endsOn'> }) {
  const words = meetingDates(dates, useFormat());
  return words === '' ? null : <span className={styles['room']}>{words}</span>;
}
