import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CurrentUser, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { rolesRequest, usersQuery } from '@registrar/contracts-gateway';
import type { RolesRequest, UsersQuery } from '@registrar/contracts-gateway';
import { userOf } from '../accounts/user.ts';
import { ClientAddress } from '../../http/client-address.ts';
import { PeopleService } from './people.service.ts';

/** `/api/users`: reading for registrars, roles for admins. */
@Controller('api/users')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Roles('registrar')
  @Get()
  find(@Query({ schema: usersQuery }) query: UsersQuery) {
    return this.people.find(query);
  }

  @Roles('registrar')
  @Get(':id')
  async one(@Param('id') id: string) {
    return userOf(await this.people.byId(id));
  }

  @Roles('admin')
  @Put(':id/roles')
  setRoles(
    @CurrentUser() actor: Identity,
    @Param('id') id: string,
    @Body({ schema: rolesRequest }) { roles }: RolesRequest,
    @ClientAddress() address: string,
  ) {
    return this.people.setRoles(actor, id, roles, address);
  }
}
