import { Controller, Get, Param } from '@nestjs/common';
import { Internal } from '@registrar/auth';
import type { UserState } from '@registrar/contracts-gateway';
import { stateOf } from '../accounts/user.ts';
import { PeopleService } from './people.service.ts';

/** People as other services ask for them. */
@Internal()
@Controller('internal/users')
export class InternalPeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get(':id')
  async one(@Param('id') id: string): Promise<UserState> {
    return stateOf(await this.people.byId(id));
  }
}
