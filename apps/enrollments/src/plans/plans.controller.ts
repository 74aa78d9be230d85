import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PlanCheck } from './plan-check.ts';
import { PlansService } from './plans.service.ts';

/** The caller's own plans. */
@Controller()
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly checks: PlanCheck,
  ) {}

  @Endpoint(routes.getPlan)
  one({ user, params }: Call<typeof routes.getPlan>) {
    return this.plans.one(user.id, params.semesterId);
  }

  @Endpoint(routes.putPlan)
  put({ user, params, body, ifMatch }: Call<typeof routes.putPlan>) {
    return this.plans.put(user.id, params.semesterId, body, ifMatch);
  }

  @Endpoint(routes.checkPlan)
  check({ user, params }: Call<typeof routes.checkPlan>) {
    return this.checks.check(user.id, params.semesterId);
  }
}
