import { Controller } from '@nestjs/common';
import { CachedBody } from '@registrar/cache';
import { notificationRoutes as routes } from '@registrar/contracts-notifications';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { PreferencesRepository } from './preferences.repository.ts';

/** Which mails one wants. */
@Controller()
export class PreferencesController {
  constructor(private readonly repository: PreferencesRepository) {}

  @Endpoint(routes.getPreferences)
  async read({ user }: Call<typeof routes.getPreferences>) {
    const { value, source } = await this.repository.of(user.id);
    return { body: CachedBody.of(JSON.stringify(value)), source };
  }

  @Endpoint(routes.putPreferences)
  async choose({ user, body }: Call<typeof routes.putPreferences>) {
    await this.repository.choose(user.id, body);
    return body;
  }
}
