import { defineTables } from '@registrar/dynamodb';
import { outboxAction } from '@registrar/messaging';
import { hotIndexes } from '@registrar/testing';
import { expect, it } from 'vitest';
import { userEntry } from './identity/accounts/account-events.ts';
import { itemOf } from './identity/accounts/user.ts';
import { identityItemOf } from './identity/campus-sign-in/identities/identity.repository.ts';
import type { LinkedIdentity } from './identity/campus-sign-in/identities/identity.repository.ts';
import type { SessionRecord } from './identity/sessions/session.ts';
import { sessionItemOf } from './identity/sessions/session.repository.ts';
import { tables } from './gateway.module.ts';
import { accountOf } from './testing/users.ts';

const defined = defineTables('gateway', '', tables);
const accounts = Array.from({ length: 1_000 }, (_, at) =>
  accountOf({ id: `usr_${at}`, email: `ada.${at}@registrar.example` }),
);

it('every index of the gateway takes its writes on many keys', () => {
  const outbox = accounts.map((account) => ({
    ...outboxAction(defined, userEntry(account, account.id, new Date(0))).Put?.Item,
  }));
  const sessions = accounts.map(({ id }) =>
    sessionItemOf({
      id: `ses_${id}`,
      userId: id,
      createdAt: 0,
      campus: { provider: 'campus', providerSession: `sid-${id}` },
    } as SessionRecord),
  );
  const identities = accounts.map(({ id }) =>
    identityItemOf({ id: `idn_${id}`, userId: id, issuer: 'i', subject: id } as LinkedIdentity),
  );
  expect(hotIndexes(tables, { users: accounts.map(itemOf), sessions, identities, outbox })).toEqual([]);
});
