import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { OutboxRelay } from '@registrar/messaging';
import { RecordImport } from '../record-import/record-import.ts';
import { holdsImport } from './holds-import.ts';
import { HoldsService } from './holds.service.ts';
import { OwnWindowService } from './own-window.service.ts';

/** Holds, and the caller's own window. */
@Controller()
export class HoldsController {
  private readonly kind: ReturnType<typeof holdsImport>;

  constructor(
    private readonly holds: HoldsService,
    private readonly windows: OwnWindowService,
    private readonly imports: RecordImport,
    dynamo: Dynamo,
    relay: OutboxRelay,
  ) {
    this.kind = holdsImport(dynamo.tables, (outbox) => relay.publish(outbox));
  }

  @Endpoint(routes.getOwnWindow)
  window({ user, params }: Call<typeof routes.getOwnWindow>) {
    return this.windows.of(user.id, params.id);
  }

  @Endpoint(routes.placeHold)
  place({ user, body, idempotency }: Call<typeof routes.placeHold>) {
    return this.holds.place(user, body, idempotency);
  }

  @Endpoint(routes.importHolds)
  importFile({ user, query, body, idempotency }: Call<typeof routes.importHolds>) {
    const sent = { user, file: body, isDryRun: query.dryRun, request: idempotency };
    return this.imports.importFile(this.kind, sent);
  }

  @Endpoint(routes.listOwnHolds)
  own({ user, query }: Call<typeof routes.listOwnHolds>) {
    return this.holds.list({ ...query, userId: user.id });
  }

  @Endpoint(routes.listHolds)
  list({ query }: Call<typeof routes.listHolds>) {
    return this.holds.list(query);
  }

  @Endpoint(routes.releaseHold)
  release({ user, params }: Call<typeof routes.releaseHold>) {
    return this.holds.release(user, params.id);
  }
}
