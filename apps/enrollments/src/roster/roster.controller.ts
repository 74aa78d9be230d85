import { Controller, StreamableFile } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { asSeenBy } from '../enrollment/access.rules.ts';
import { RosterAccess } from './roster-access.ts';
import { begun, fileName, rosterFile } from './roster-file.ts';
import { RosterService } from './roster.service.ts';

/** Who is in a course: pages for programs, a file for spreadsheets. */
@Controller()
export class RosterController {
  constructor(
    private readonly access: RosterAccess,
    private readonly roster: RosterService,
  ) {}

  @Endpoint(routes.getRoster)
  async list({ params, query, user, mediaType }: Call<typeof routes.getRoster>) {
    const { classId, code, section } = await this.access.courseFor(user, params.id);
    if (mediaType !== 'text/csv') {
      const { items, ...page } = await this.roster.page(classId, query);
      return { items: items.map((entry) => asSeenBy(user, entry)), ...page };
    }
    const entries = await begun(this.roster.whole(classId, query.status));
    return new StreamableFile(rosterFile(entries), {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: fileName(code, section),
    });
  }
}
