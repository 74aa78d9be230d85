/** A weekly meeting as events carry it. */
export interface Meeting {
  day: string;
  start: string;
  end: string;
  room: string;
  startsOn?: string | undefined;
  endsOn?: string | undefined;
}

const names: Readonly<Record<string, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
const order = Object.keys(names);

/**
 * Meetings in words, one line for each time, room and dates: `Mon, Wed 09:00–10:30, Room 12`, with dates where it has
 * any. In order of the week; a course without meetings gives no line.
 */
export function scheduleLines(meetings: readonly Meeting[]): string[] {
  const byTime = Map.groupBy(sorted(meetings), ({ start, end, room, startsOn, endsOn }) =>
    JSON.stringify([start, end, room, startsOn, endsOn]),
  );
  return [...byTime.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const days = group.map(({ day }) => names[day] ?? day).join(', ');
    const place = first.room === '' ? '' : `, ${first.room}`;
    return [`${days} ${first.start}–${first.end}${place}${datesOf(first)}`];
  });
}

function datesOf({ startsOn, endsOn }: Meeting): string {
  if (startsOn !== undefined && startsOn === endsOn) return `, on ${startsOn}`;
  const from = startsOn === undefined ? '' : `, from ${startsOn}`;
  return `${from}${endsOn === undefined ? '' : `${from === '' ? ',' : ''} until ${endsOn}`}`;
}

function sorted(meetings: readonly Meeting[]): Meeting[] {
  return [...meetings].sort(
    (a, b) => order.indexOf(a.day) - order.indexOf(b.day) || a.start.localeCompare(b.start),
  );
}
