import { Controller } from '@nestjs/common';
import { notificationRoutes as routes } from '@registrar/contracts-notifications';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { StreamHub } from './stream.hub.ts';

/** New notifications as they come, as server-sent events. */
@Controller()
export class StreamController {
  constructor(private readonly hub: StreamHub) {}

  @Endpoint(routes.streamNotifications)
  stream({ user, events }: Call<typeof routes.streamNotifications>) {
    const release = this.hub.admit(user.id);
    const sink = events?.begin();
    if (!events || !sink) return release();
    const stream = this.hub.open({ userId: user.id, lastEventId: events.lastEventId, sink, release });
    // The right to listen ends with the token that gave it; the client comes back with a new one.
    const expiry = setTimeout(() => stream.end(500), Math.max(0, user.expiresAt * 1_000 - Date.now()));
    events.onClose(() => {
      clearTimeout(expiry);
      stream.end();
    });
  }
}
