import { Controller } from '@nestjs/common';
import { notificationRoutes as routes } from '@registrar/contracts-notifications';
import { IdempotentRequests } from '@registrar/idempotency';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { InboxService } from './inbox.service.ts';

/** One's own notifications. */
@Controller()
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly idempotent: IdempotentRequests,
  ) {}

  @Endpoint(routes.listNotifications)
  me({ query, user }: Call<typeof routes.listNotifications>) {
    return this.inbox.page(user.id, query);
  }

  @Endpoint(routes.readNotification)
  read({ params, user, idempotency }: Call<typeof routes.readNotification>) {
    return this.idempotent.runOnce(idempotency, async (record) => {
      const body = await this.inbox.markRead(user.id, params.id, (read) =>
        record({ status: 200, body: read }, user.id),
      );
      return { status: 200, body };
    });
  }

  @Endpoint(routes.readAllNotifications)
  async readAll({ user }: Call<typeof routes.readAllNotifications>) {
    await this.inbox.markAllRead(user.id);
  }
}
