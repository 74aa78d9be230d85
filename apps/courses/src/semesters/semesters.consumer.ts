import { Controller } from '@nestjs/common';
import { semesterUpdated, wholeSemester } from '@registrar/contracts-courses';
import type { SemesterEventData } from '@registrar/contracts-courses';
import { InstanceEvent } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import { SemestersService } from './semesters.service.ts';

/** Keeps this instance's semesters as the other instances say. */
@Controller()
export class SemestersConsumer {
  constructor(private readonly semesters: SemestersService) {}

  @InstanceEvent(semesterUpdated)
  async semesterChanged({ data: { semester } }: CloudEvent<SemesterEventData>): Promise<void> {
    await this.semesters.apply(wholeSemester(semester));
  }
}
