import type { Meeting } from '@registrar/contracts-courses';
import type { Weekday } from '../app/weekdays.ts';
import { weekdays } from '../app/weekdays.ts';

/** How the reader stands in a course of the week. `preview`: it is only looked at. */
export type Standing = 'enrolled' | 'waiting' | 'planned' | 'preview';

/** A meeting of the own week. */
export interface Block extends Meeting {
  readonly courseId: string;
  readonly code: string;
  readonly title: string;
  readonly standing: Standing;
}

/** A block with its place in the day: column `column` of `columns` side by side. Minutes count from midnight. */
export interface PlacedBlock extends Block {
  readonly startMinute: number;
  readonly endMinute: number;
  readonly column: number;
  readonly columns: number;
}

/** A week as it is drawn: only the days and hours that are needed. */
export interface Week {
  readonly days: readonly { readonly day: Weekday; readonly blocks: readonly PlacedBlock[] }[];
  /** The first and the last full hour; the end is exclusive. */
  readonly fromHour: number;
  readonly toHour: number;
}

/**
 * Places the blocks of a week: in order of time, and those that overlap side by side.
 *
 * @param mayCome meetings that the week has days and hours for as well, so that it does not grow when they come
 */
export function layOutWeek(blocks: readonly Block[], mayCome: readonly Meeting[] = []): Week {
  const all = [...blocks, ...mayCome];
  return {
    days: weekdays
      .filter((day) => all.some((one) => one.day === day))
      .map((day) => ({ day, blocks: layOutDay(blocks.filter((block) => block.day === day)) })),
    fromHour: Math.floor(Math.min(...all.map(({ start }) => minuteOf(start))) / 60),
    toHour: Math.ceil(Math.max(...all.map(({ end }) => minuteOf(end))) / 60),
  };
}

/** Where a block stands in its day, as lengths of CSS: shares of the day's height and width. */
export function placeIn({ fromHour, toHour }: Pick<Week, 'fromHour' | 'toHour'>, block: PlacedBlock) {
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;
  const minutes = (toHour - fromHour) * 60;
  return {
    insetBlockStart: percent(block.startMinute - fromHour * 60, minutes),
    blockSize: percent(block.endMinute - block.startMinute, minutes),
    insetInlineStart: percent(block.column, block.columns),
    inlineSize: percent(1, block.columns),
  };
}

/** Each block takes the first column that is free at its start; blocks that hang together share the number of columns. */
function layOutDay(blocks: readonly Block[]): readonly PlacedBlock[] {
  const placed: PlacedBlock[] = [];
  let cluster: Omit<PlacedBlock, 'columns'>[] = [];
  let columnEnds: number[] = [];
  const closeCluster = () => {
    placed.push(...cluster.map((block) => ({ ...block, columns: columnEnds.length })));
    cluster = [];
    columnEnds = [];
  };
  const timed = blocks
    .map((block) => ({ ...block, startMinute: minuteOf(block.start), endMinute: minuteOf(block.end) }))
    .sort((one, other) => one.startMinute - other.startMinute || other.endMinute - one.endMinute);
  for (const block of timed) {
    if (columnEnds.every((end) => end <= block.startMinute)) closeCluster();
    const free = columnEnds.findIndex((end) => end <= block.startMinute);
    const column = free === -1 ? columnEnds.length : free;
    columnEnds[column] = block.endMinute;
    cluster.push({ ...block, column });
  }
  closeCluster();
  return placed;
}

/** Minutes since midnight of "HH:mm". */
function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
