import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PermitRequestsService } from './permit-requests.service.ts';
import { PermitsService } from './permits.service.ts';

/** Permits, and requests for them. */
@Controller()
export class PermitsController {
  constructor(
    private readonly permits: PermitsService,
    private readonly requests: PermitRequestsService,
  ) {}

  @Endpoint(routes.grantPermit)
  grant({ user, params, body, idempotency }: Call<typeof routes.grantPermit>) {
    return this.permits.grant(user, params.id, body, idempotency);
  }

  @Endpoint(routes.listPermits)
  list({ user, params, query }: Call<typeof routes.listPermits>) {
    return this.permits.list(user, params.id, query);
  }

  @Endpoint(routes.revokePermit)
  revoke({ user, params }: Call<typeof routes.revokePermit>) {
    return this.permits.revoke(user, params.id, params.permitId);
  }

  @Endpoint(routes.listOwnPermits)
  own({ user, query }: Call<typeof routes.listOwnPermits>) {
    return this.permits.listOwn(user, query);
  }

  @Endpoint(routes.requestPermit)
  requestPermit({ user, params, body, idempotency }: Call<typeof routes.requestPermit>) {
    return this.requests.requestPermit(user, params.id, body, idempotency);
  }

  @Endpoint(routes.listPermitRequests)
  listRequests({ user, params, query }: Call<typeof routes.listPermitRequests>) {
    return this.requests.list(user, params.id, query);
  }

  @Endpoint(routes.declinePermitRequest)
  decline({ user, params, body }: Call<typeof routes.declinePermitRequest>) {
    return this.requests.decline(user, params.id, { ...body, requestId: params.requestId });
  }
}
