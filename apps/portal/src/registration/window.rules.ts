/** When somebody may enroll (RFC 3339). */
export interface EnrollmentWindow {
  readonly opensAt: string;
  readonly closesAt: string;
  /** From then on nobody enrolls, until the pause is lifted; undefined where registration does not pause. */
  readonly pausedAt?: string | undefined;
}

/** Where a moment stands in a window. */
export type WindowState = 'before' | 'open' | 'after';

/** Where `nowMs` (the server's time) stands in the window; opening belongs to it, closing does not. */
export function windowState({ opensAt, closesAt }: EnrollmentWindow, nowMs: number): WindowState {
  if (nowMs >= Date.parse(closesAt)) return 'after';
  return nowMs < Date.parse(opensAt) ? 'before' : 'open';
}

/** Whether registration pauses at `nowMs` (the server's time). */
export function isPaused({ pausedAt }: EnrollmentWindow, nowMs: number): boolean {
  return pausedAt !== undefined && nowMs >= Date.parse(pausedAt);
}

/** When any of this changes next, in ms by the server's clock; undefined where nothing will. */
export function nextChangeMs(
  { opensAt, closesAt, pausedAt }: EnrollmentWindow,
  nowMs: number,
): number | undefined {
  const later = [opensAt, closesAt, pausedAt]
    .map((at) => (at === undefined ? NaN : Date.parse(at)))
    .filter((atMs) => atMs > nowMs);
  return later.length === 0 ? undefined : Math.min(...later);
}
