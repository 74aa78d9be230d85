/** When enrollment is open (RFC 3339). */
export interface EnrollmentWindow {
  readonly enrollmentOpensAt: string;
  readonly enrollmentClosesAt: string;
}

/** Where a moment stands in a window. */
export type WindowState = 'before' | 'open' | 'after';

/** Where `nowMs` (the server's time) stands in the window; opening belongs to it, closing does not. */
export function windowState(
  { enrollmentOpensAt, enrollmentClosesAt }: EnrollmentWindow,
  nowMs: number,
): WindowState {
  if (nowMs < Date.parse(enrollmentOpensAt)) return 'before';
  return nowMs < Date.parse(enrollmentClosesAt) ? 'open' : 'after';
}

/** When the state changes next, in ms by the server's clock; undefined after the end. */
export function nextChangeMs(window: EnrollmentWindow, nowMs: number): number | undefined {
  return [window.enrollmentOpensAt, window.enrollmentClosesAt]
    .map((at) => Date.parse(at))
    .find((atMs) => atMs > nowMs);
}
