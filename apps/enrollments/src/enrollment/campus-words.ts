import { Inject, Injectable } from '@nestjs/common';
import { campusTime } from '@registrar/campus';
import type { CampusTime } from '@registrar/campus';
import { CONFIG } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';

/** Says times as the campus does, in English, as all details of problems are. */
@Injectable()
export class CampusWords {
  readonly time: CampusTime;

  constructor(@Inject(CONFIG) { CAMPUS_TIME_ZONE }: EnrollmentsConfig) {
    this.time = campusTime(CAMPUS_TIME_ZONE, 'en');
  }
}
