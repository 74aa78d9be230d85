import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { validationFailed } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import { HistoryReader } from '../history/history.reader.ts';
import { EnrollmentReader } from '../enrollment/store/enrollment-reader.ts';
import { asSeenBy } from '../enrollment/access.rules.ts';
import { enrollmentView } from '../enrollment/answers.ts';
import { WaitlistRanks } from '../waitlist/waitlist-ranks.ts';
import { MyEnrollmentsService } from './my-enrollments.service.ts';

/** Reading enrollments: all of one's own, and single ones with their history. */
@Controller()
export class MyEnrollmentsController {
  constructor(
    private readonly own: MyEnrollmentsService,
    private readonly reader: EnrollmentReader,
    private readonly ranks: WaitlistRanks,
    private readonly histories: HistoryReader,
    private readonly users: UsersRepository,
  ) {}

  @Endpoint(routes.listOwnEnrollments)
  list({ query, user }: Call<typeof routes.listOwnEnrollments>) {
    return this.own.list(user.id, query);
  }

  @Endpoint(routes.listEnrollments)
  async ofStudent({ query }: Call<typeof routes.listEnrollments>) {
    const { userId, ...asked } = query;
    if (await this.users.byId(userId)) return this.own.list(userId, asked);
    throw validationFailed([{ path: 'userId', code: 'not_found', message: 'There is no such user.' }]);
  }

  @Endpoint(routes.getEnrollment)
  async one({ params, user }: Call<typeof routes.getEnrollment>) {
    const { record } = await this.reader.findFor(user, params.id);
    const position = record.ticket === null ? null : await this.ranks.rankOf(record.classId, record.ticket);
    return asSeenBy(user, enrollmentView(record, position));
  }

  @Endpoint(routes.getEnrollmentHistory)
  async history({ params, user }: Call<typeof routes.getEnrollmentHistory>) {
    const { record } = await this.reader.findFor(user, params.id);
    return { items: await this.histories.of(record) };
  }
}
