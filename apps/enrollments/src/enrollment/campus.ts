import { Inject, Injectable } from '@nestjs/common';
import { campusDate, campusTime } from '@registrar/campus';
import type { CampusDate, CampusTime } from '@registrar/campus';
import { GradeScale } from '@registrar/eligibility';
import { CONFIG } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';

/** What the campus says times, dates and grades by. */
export interface CampusRules {
  /** Says a time in words, in English, as all details of problems do. */
  readonly time: CampusTime;
  /** The date of a moment. */
  readonly date: CampusDate;
  readonly grades: GradeScale;
}

/** The campus of the configuration. */
@Injectable()
export class Campus implements CampusRules {
  readonly time: CampusTime;
  readonly date: CampusDate;
  readonly grades: GradeScale;

  constructor(@Inject(CONFIG) { CAMPUS_TIME_ZONE, GRADES, PASS_MARK }: EnrollmentsConfig) {
    this.time = campusTime(CAMPUS_TIME_ZONE, 'en');
    this.date = campusDate(CAMPUS_TIME_ZONE);
    this.grades = new GradeScale(GRADES, PASS_MARK);
  }
}
