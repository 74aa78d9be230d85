import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { PageQuery, WaitlistEntry, WaitlistPage } from '@registrar/contracts-enrollments';
import { CursorCodec } from '@registrar/dynamodb';
import { UsersRepository } from '@registrar/users-projection';
import { asSeenBy } from '../enrollment/access.rules.ts';
import { enrollmentView } from '../enrollment/answers.ts';
import type { WaitlistPlace } from '../enrollment/enrollment.types.ts';
import { WaitingStudentsRepository } from './waiting-students.repository.ts';

/** Where a page ends. */
interface Position {
  ticket: number;
  /** Of that ticket on the waitlist, from 1, when the page was read. */
  position: number;
}

/**
 * Lists who waits for a course, in order, and why the last seat passed each by.
 *
 * Positions count over the pages: where somebody before leaves the waitlist between two pages, those of the second are as
 * they were at the first.
 * Failure: 503 when the store, or somebody's name, cannot be read.
 */
@Injectable()
export class StaffWaitlistService {
  constructor(
    private readonly cursors: CursorCodec,
    private readonly waitlist: WaitingStudentsRepository,
    private readonly users: UsersRepository,
  ) {}

  /** @throws Problem 400 `invalid_cursor`, 503 */
  async page(user: Identity, courseId: string, { limit, cursor }: PageQuery): Promise<WaitlistPage> {
    const asked = { list: 'waitlist', courseId };
    const after = this.cursors.decode<Position>(asked, cursor) ?? { ticket: 0, position: 0 };
    const places = await this.waitlist.places(courseId, after.ticket, limit + 1);
    const [waiting, users] = await Promise.all([
      this.waitlist.studentsAt(places.slice(0, limit)),
      this.users.byIds(places.map(({ userId }) => userId)),
    ]);
    const items = waiting.map(({ place, record }, at): WaitlistEntry => {
      const position = after.position + at + 1;
      const student = users.get(place.userId);
      return {
        position,
        enrollment: asSeenBy(user, enrollmentView(record, position)),
        userName: student?.name ?? null,
        userEmail: student?.email ?? null,
        passedOver: passedOverFor(user, place),
      };
    });
    const last = places.length > limit ? places[limit - 1] : undefined;
    if (!last) return { items, nextCursor: null };
    const end: Position = { ticket: last.ticket, position: after.position + items.length };
    return { items, nextCursor: this.cursors.encode(asked, end) };
  }
}

/** What stood in the way may be between the student and an office: instructors see its code alone. */
function passedOverFor(user: Identity, { passedOver }: WaitlistPlace): WaitlistEntry['passedOver'] {
  if (!passedOver || hasRole(user, 'registrar')) return passedOver;
  return { ...passedOver, detail: null };
}
