import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Internal } from '@registrar/auth';
import { offeringUpdate, seatsRequest, semesterUpdate } from '@registrar/contracts-enrollments';
import type { OfferingUpdate, SemesterUpdate } from '@registrar/contracts-enrollments';
import { SeatsRepository } from '../seats/seats.repository.ts';
import { OfferingsService } from './offerings.service.ts';
import { SemestersService } from './semesters.service.ts';

/** What the courses service asks of this one. Never routed from outside. */
@ApiExcludeController()
@Internal()
@Controller('internal')
export class InternalController {
  constructor(
    private readonly offerings: OfferingsService,
    private readonly semesters: SemestersService,
    private readonly seats: SeatsRepository,
  ) {}

  @Put('offerings/:courseId')
  putOffering(@Param('courseId') courseId: string, @Body({ schema: offeringUpdate }) update: OfferingUpdate) {
    return this.offerings.putCourse(courseId, update);
  }

  @Put('semesters/:id')
  async putSemester(@Param('id') id: string, @Body({ schema: semesterUpdate }) update: SemesterUpdate) {
    await this.semesters.put(id, update);
    return { semesterId: id, version: update.version };
  }

  @Post('seats/batch-get')
  @HttpCode(200)
  async batchGet(@Body({ schema: seatsRequest }) { courseIds }: { courseIds: string[] }) {
    return { items: await this.seats.read(courseIds) };
  }
}
