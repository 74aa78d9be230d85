import { Trans, useLingui } from '@lingui/react/macro';
import type { Weekday } from '../app/weekdays.ts';
import { useFormat } from '../app/format.ts';
import { Link } from '../app/navigation.ts';
import { pathOfCourse } from '../app/paths.ts';
import { Icon } from '../ui/icon.tsx';
import { standingIcons, standingWord } from './standing-status.tsx';
import styles from './timetable.module.css';
import type { PlacedBlock, Week } from './week.rules.ts';
import { placeIn } from './week.rules.ts';

interface WeekGridProps {
  readonly week: Week;
  /** Its column is marked; undefined while no classes are held. */
  readonly today: Weekday | undefined;
}

/** The week as a table of days, with each meeting at its hour. */
export function WeekGrid({ week, today }: WeekGridProps) {
  const { t } = useLingui();
  const format = useFormat();
  const hours = Array.from({ length: week.toHour - week.fromHour }, (_, at) => week.fromHour + at);
  const height = { blockSize: `${hours.length * 4.5}rem` };
  return (
    <table className={styles['grid']} aria-label={t`Timetable`}>
      <thead>
        <tr>
          <th scope="col" className={styles['hours']}>
            <span className="visually-hidden">
              <Trans>Time</Trans>
            </span>
          </th>
          {week.days.map(({ day }) => (
            <th key={day} scope="col" data-today={day === today}>
              {format.weekday(day, 'short')}
              {day === today && <span className={styles['today']}> · {t`today`}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td className={styles['hours']}>
            <div className={styles['scale']} style={height}>
              {hours.map((hour) => (
                <span key={hour}>{format.time(`${String(hour).padStart(2, '0')}:00`)}</span>
              ))}
            </div>
          </td>
          {week.days.map(({ day, blocks }) => (
            <td key={day} data-today={day === today}>
              <div className={styles['day']} style={height}>
                {blocks.map((block) => (
                  <BlockLink
                    key={`${block.courseId} ${block.start} ${block.room} ${block.startsOn}`}
                    block={block}
                    week={week}
                  />
                ))}
              </div>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function BlockLink({ block, week }: { readonly block: PlacedBlock; readonly week: Week }) {
  const format = useFormat();
  return (
    <div className={styles['place']} style={placeIn(week, block)}>
      <Link
        href={pathOfCourse(block.courseId)}
        className={styles['block'] ?? ''}
        data-standing={block.standing}
      >
        <span className={styles['code']}>
          <Icon name={standingIcons[block.standing]} />
          {block.code}
        </span>
        <span className="visually-hidden">{standingWord(block.standing)}</span>
        <span>
          {format.time(block.start)} – {format.time(block.end)}
        </span>
        {block.room !== '' && <span>{block.room}</span>}
      </Link>
    </div>
  );
}
