import { Injectable } from '@nestjs/common';
import { PersonalData, PersonalDataRegistry } from '@registrar/privacy';
import pMap from 'p-map';
import { enrollmentView } from '../enrollment/answers.ts';
import { HistoryReader } from '../history/history.reader.ts';
import { MyEnrollmentsRepository } from './my-enrollments.repository.ts';

/** Histories that are read at a time. */
const concurrency = 8;

/** A person's enrollments and what happened to them: exported, and kept under the opaque id when the person is erased. */
@Injectable()
export class EnrollmentData extends PersonalData {
  constructor(
    registry: PersonalDataRegistry,
    private readonly enrollments: MyEnrollmentsRepository,
    private readonly histories: HistoryReader,
  ) {
    super(registry, 'enrollments');
  }

  override erase(): Promise<void> {
    return Promise.resolve();
  }

  override async exported(userId: string) {
    const records = await this.enrollments.records(userId);
    const histories = await pMap(
      records,
      async (record) => {
        const entries = await this.histories.of(record);
        return entries.map((entry) => ({ enrollmentId: record.id, ...entry }));
      },
      { concurrency },
    );
    const enrollments = records.map((record) => enrollmentView(record, null));
    return { enrollments, 'enrollment-history': histories.flat() };
  }
}
