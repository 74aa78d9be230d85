import { Controller, Get, Param, Query } from '@nestjs/common';
import { Internal } from '@registrar/auth';
import { internalUserQuery } from '@registrar/contracts-gateway';
import type { InternalUserQuery, UserState } from '@registrar/contracts-gateway';
import { stateOf } from '../accounts/user.ts';
import { PeopleService } from './people.service.ts';

/** People as other services ask for them. */
@Internal()
@Controller('internal/users')
export class InternalPeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  async byEmail(@Query({ schema: internalUserQuery }) { email }: InternalUserQuery): Promise<UserState> {
    return stateOf(await this.people.byEmail(email));
  }

  @Get(':id')
  async one(@Param('id') id: string): Promise<UserState> {
    return stateOf(await this.people.byId(id));
  }
}
