import type { EnrollmentEventData } from '@registrar/contracts-enrollments';
import type { CloudEvent, ConsumerPulse } from '@registrar/messaging';
import { describe, expect, it, vi } from 'vitest';
import type { EnrollmentsClient } from '../pending-changes/enrollments.client.ts';
import { courseState } from '../testing/courses.ts';
import { CatalogueConsumer } from './catalogue.consumer.ts';
import type { Catalogue } from './catalogue.ts';
import { courseView } from './course-answers.ts';
import type { InstructorNames } from './instructor-names.ts';
import { SeatCounts } from './seat-counts.ts';

const time = new Date().toISOString();
const [wide, narrow] = [
  courseState({ id: 'crs_wide', capacity: 10, crossListedOf: 'crs_class' }),
  courseState({ id: 'crs_narrow', capacity: 4, crossListedOf: 'crs_class' }),
];
const ofClass = courseState({ id: 'crs_class', capacity: 10 });

function setUp() {
  const seats = vi.fn(() => Promise.resolve([]));
  const pulse = { lastPollAt: undefined } as unknown as ConsumerPulse;
  const counts = new SeatCounts({ seats } as unknown as EnrollmentsClient, pulse);
  const catalogue = { apply: () => Promise.resolve() } as unknown as Catalogue;
  const consumer = new CatalogueConsumer(catalogue, counts, {} as InstructorNames);
  const shown = (course: typeof ofClass) => {
    const { enrolledCount, waitlistedCount, seatsAvailable } = courseView(
      course,
      counts.peek(course.id) ?? { enrolledCount: -1, waitlistedCount: -1 },
      [],
    );
    return { enrolledCount, waitlistedCount, seatsAvailable };
  };
  return { counts, consumer, shown };
}

/** An event of an enrollment under a code. */
function event(courseId: string, sequence: number, taken: { all: number; narrow: number; wide: number }) {
  const counts = {
    capacity: 10,
    enrolledCount: taken.all,
    waitlistedCount: 2,
    seatsAvailable: 10 - taken.all,
    codes: {
      crs_wide: { capacity: 10, enrolledCount: taken.wide },
      crs_narrow: { capacity: 4, enrolledCount: taken.narrow },
    },
  };
  const classId = courseId === 'crs_class' ? {} : { classId: 'crs_class' };
  const data = { enrollment: { courseId }, ...classId, counts, sequence };
  return { time, data } as unknown as CloudEvent<EnrollmentEventData>;
}

describe('the counts of a class and its codes, by the events of any code', () => {
  it('are the class’s, or a code’s own where that may have fewer, and the smaller rest is available', async () => {
    const { consumer, shown } = setUp();
    await consumer.seatsChanged(event('crs_narrow', 6, { all: 5, narrow: 3, wide: 1 }));
    expect(shown(ofClass)).toEqual({ enrolledCount: 5, waitlistedCount: 2, seatsAvailable: 5 });
    expect(shown(wide)).toEqual({ enrolledCount: 5, waitlistedCount: 2, seatsAvailable: 5 });
    expect(shown(narrow)).toEqual({ enrolledCount: 3, waitlistedCount: 2, seatsAvailable: 1 });
    await consumer.seatsChanged(event('crs_class', 7, { all: 10, narrow: 3, wide: 1 }));
    expect(shown(narrow)).toEqual({ enrolledCount: 3, waitlistedCount: 2, seatsAvailable: 0 });
    await consumer.seatsChanged(event('crs_wide', 6, { all: 5, narrow: 3, wide: 1 }));
    expect(shown(wide)).toMatchObject({ enrolledCount: 10 });
  });

  it('are not those of an empty course where a code is new: its class may have students', async () => {
    const { consumer, counts } = setUp();
    const created = { time, data: { course: { ...narrow, version: 1 }, actorId: 'usr_1' } };
    await consumer.courseChanged(created as Parameters<CatalogueConsumer['courseChanged']>[0]);
    expect(counts.peek('crs_narrow')).toBeUndefined();
    const other = { time, data: { course: { ...ofClass, version: 1 }, actorId: 'usr_1' } };
    await consumer.courseChanged(other as Parameters<CatalogueConsumer['courseChanged']>[0]);
    expect(counts.peek('crs_class')).toMatchObject({ enrolledCount: 0 });
  });
});
