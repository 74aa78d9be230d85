import { Injectable } from '@nestjs/common';
import { GatewayClient } from './gateway.client.ts';
import { PeopleRepository } from './people.repository.ts';
import type { Person } from './person.ts';

/**
 * Whom a user id belongs to and how they are reached: from the projection, else from the gateway, which knows
 * everybody; an answer of it joins the projection.
 *
 * Failure: Problem 503 or 504 when neither can be asked.
 */
@Injectable()
export class AddressBook {
  constructor(
    private readonly people: PeopleRepository,
    private readonly gateway: GatewayClient,
  ) {}

  /** The person, or undefined where the gateway knows of none. */
  async find(id: string): Promise<Person | undefined> {
    const known = await this.people.find(id);
    if (known) return known;
    const found = await this.gateway.user(id);
    if (found) await this.people.keep(found);
    return found;
  }
}
