import { z } from 'zod';

/** Any offset and any precision come in; the same moment in UTC with milliseconds goes out. */
export const moment = z.iso
  .datetime({ offset: true, message: 'Give a time such as 2027-03-14T01:59:59-05:00.' })
  .refine((at) => !isBeyondYears(at), {
    message: 'Give a time of the years 0000 to 9999, in UTC.',
    params: { code: 'invalid_format' },
  })
  .transform((at) => new Date(at).toISOString());

/** Years of more than four digits have a sign in RFC 3339's place: no reader takes them. */
function isBeyondYears(at: string): boolean {
  const time = new Date(at);
  return !Number.isNaN(time.getTime()) && !/^\d{4}-/.test(time.toISOString());
}

/** Every fault is reported at once: the order of two times also where another field is at fault. */
export function always({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether `later` lies at least `byMs` after `earlier`; what is no time is a fault of its own. */
export function isInOrder(earlier: unknown, later: unknown, byMs: number): boolean {
  const gapMs = Date.parse(String(later)) - Date.parse(String(earlier));
  return Number.isNaN(gapMs) || gapMs >= byMs;
}

/** Whether a drop deadline is not after the withdraw deadline; where one of them is not stated there is no order. */
export function isDropByWithdraw({
  dropDeadlineAt,
  withdrawDeadlineAt,
}: {
  readonly dropDeadlineAt?: unknown;
  readonly withdrawDeadlineAt?: unknown;
}): boolean {
  return isInOrder(dropDeadlineAt, withdrawDeadlineAt, 0);
}

/** The fault where it is. */
export const dropAfterWithdraw = {
  path: ['dropDeadlineAt'],
  message: 'The drop deadline is not after the withdraw deadline.',
  params: { code: 'wrong_order' },
  when: always,
};
