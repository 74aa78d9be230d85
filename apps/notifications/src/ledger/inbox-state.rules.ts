/** A place in an inbox: a row's id and `created_at`. */
export interface RowPlace {
  id: string;
  at: string;
}

/** All rows up to `through` were marked as read at `at`. */
interface ReadMark {
  through: string;
  at: string;
}

/** What is known of one person's inbox as a whole; one item, read consistently. */
export interface InboxState {
  user_id: string;
  /** Grows by one with every new row and every read mark. */
  version: number;
  unread: number;
  /** `created_at` of the newest row; empty before the first. */
  last_at: string;
  /** The newest rows, oldest first: an index may not show them yet. */
  recent: RowPlace[];
  /** Marks of read-all, oldest first. */
  marks: ReadMark[];
}

/** On the item of the inbox of a user who was erased: it takes nothing any more. */
export interface ErasedMark {
  erased: true;
}

/** So many of the newest rows are known without an index. */
export const maxRecent = 30;

/** An index that lags longer than this is broken; what is older need not be remembered. */
const recentForMs = 300_000;

/** So many marks are kept exactly; beyond, the two oldest become one with the later time. */
export const maxMarks = 20;

/** The inbox of somebody who never got anything. */
export function emptyInbox(userId: string): InboxState {
  return { user_id: userId, version: 0, unread: 0, last_at: '', recent: [], marks: [] };
}

/** The moment of the next row: `nowMs`, or just after the newest row where the clock is not past it. */
export function nextMoment(state: InboxState, nowMs: number): string {
  const lastMs = state.last_at === '' ? 0 : Date.parse(state.last_at);
  return new Date(Math.max(nowMs, lastMs + 1)).toISOString();
}

/** The inbox with one more row, unread. Its version is not raised: one commit may add several. */
export function withRow(state: InboxState, place: RowPlace): InboxState {
  const oldest = new Date(Date.parse(place.at) - recentForMs).toISOString();
  const recent = [...state.recent.filter(({ at }) => at > oldest), place].slice(-maxRecent);
  return { ...state, unread: state.unread + 1, last_at: place.at, recent };
}

/** The inbox with everything in it read. */
export function withAllRead(state: InboxState, now: string): InboxState {
  const marks = [...state.marks, { through: state.last_at, at: now }];
  const [first, second, ...rest] = marks;
  const kept = marks.length > maxMarks && first && second ? [second, ...rest] : marks;
  return { ...state, unread: 0, marks: kept };
}

/** Everything up to here is read; empty where nothing ever was marked as a whole. */
export function readThrough(state: Pick<InboxState, 'marks'>): string {
  return state.marks.at(-1)?.through ?? '';
}

/** When a row was read: by itself, or by the first mark that covers it; null while it is unread. */
export function readAtOf(
  row: { created_at: string; read_at?: string },
  state: Pick<InboxState, 'marks'>,
): string | null {
  const mark = state.marks.find(({ through }) => through >= row.created_at);
  if (row.read_at === undefined) return mark?.at ?? null;
  return row.read_at;
}
