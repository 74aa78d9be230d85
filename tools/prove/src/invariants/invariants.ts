import { acknowledged, nothingElse } from './acknowledged.rules.ts';
import { answers } from './answers.rules.ts';
import { bundles } from './bundles.rules.ts';
import { capacity } from './capacity.rules.ts';
import { closedCourses } from './closed-courses.rules.ts';
import { counts } from './counts.rules.ts';
import { crossLists } from './cross-lists.rules.ts';
import { holds, requirements, windows } from './eligibility.rules.ts';
import { inboxes, mails } from './effects.rules.ts';
import { freeSeats } from './free-seats.rules.ts';
import { crowdedReads, refusedWrites } from './overload.rules.ts';
import { history } from './history.rules.ts';
import type { Invariant } from './invariant.ts';
import { permits } from './permits.rules.ts';
import { projections } from './projections.rules.ts';
import { quiescence } from './quiescence.rules.ts';
import { replays } from './replays.rules.ts';
import { reservations } from './reservations.rules.ts';
import { schedules } from './schedules.rules.ts';
import { sequences } from './sequences.rules.ts';
import { cachedAnswers, ownWrites } from './shown.rules.ts';
import { waitlistOrder } from './waitlist-order.rules.ts';

/** All that must hold, in the order in which it is reported. */
export const invariants: readonly Invariant[] = [
  capacity,
  crossLists,
  acknowledged,
  nothingElse,
  replays,
  answers,
  crowdedReads,
  refusedWrites,
  schedules,
  bundles,
  reservations,
  permits,
  windows,
  holds,
  requirements,
  waitlistOrder,
  freeSeats,
  closedCourses,
  counts,
  sequences,
  history,
  inboxes,
  mails,
  projections,
  ownWrites,
  cachedAnswers,
  quiescence,
];
