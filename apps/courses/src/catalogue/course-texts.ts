import { Injectable } from '@nestjs/common';
import type { CourseState } from '@registrar/contracts-courses';
import { courseView } from './course-answers.ts';
import { InstructorNames } from './instructor-names.ts';
import { SeatCounts, unknownCounts } from './seat-counts.ts';

interface Text {
  enrolledCount: number;
  waitlistedCount: number;
  seatsAvailable: number | undefined;
  /** Changes of names at its making. */
  names: number;
  text: string;
}

/** Courses with their counts and instructors as JSON, each made once for a state and these. */
@Injectable()
export class CourseTexts {
  private readonly texts = new WeakMap<CourseState, Text>();

  constructor(
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
  ) {}

  /** The JSON of these courses with counts of now. @throws Problem 503 where counts cannot be had */
  async of(courses: readonly CourseState[]): Promise<string[]> {
    await Promise.all([this.counts.ensure(courses.map(({ id }) => id)), this.names.ensure(courses)]);
    return courses.map((course) => this.textOf(course));
  }

  private textOf(course: CourseState): string {
    const counts = this.counts.peek(course.id);
    if (!counts) throw unknownCounts();
    const known = this.texts.get(course);
    const { enrolledCount, waitlistedCount, seatsAvailable } = counts;
    const { changes: names } = this.names;
    const hasSameCounts =
      known?.enrolledCount === enrolledCount &&
      known.waitlistedCount === waitlistedCount &&
      known.seatsAvailable === seatsAvailable;
    if (hasSameCounts && known.names === names) return known.text;
    const text = JSON.stringify(courseView(course, counts, this.names.of(course)));
    this.texts.set(course, { enrolledCount, waitlistedCount, seatsAvailable, names, text });
    return text;
  }
}
