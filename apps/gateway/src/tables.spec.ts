import { defineTables } from '@registrar/dynamodb';
import { outboxAction } from '@registrar/messaging';
import { hotIndexes } from '@registrar/testing';
import { expect, it } from 'vitest';
import { itemOf as auditItemOf } from './audit/audit-row.ts';
import { userEntry } from './identity/accounts/account-events.ts';
import { itemOf } from './identity/accounts/user.ts';
import { confirmationItemOf } from './identity/confirmations/confirmation.repository.ts';
import type { Confirmation } from './identity/confirmations/confirmation.ts';
import { identityItemOf } from './identity/campus-sign-in/identities/identity.repository.ts';
import type { LinkedIdentity } from './identity/campus-sign-in/identities/identity.repository.ts';
import type { SessionRecord } from './identity/sessions/session.ts';
import { sessionItemOf } from './identity/sessions/session.repository.ts';
import { itemOf as clientItemOf } from './identity/clients/client.ts';
import { tables } from './gateway.module.ts';
import { clientRecord } from './testing/client-record.ts';
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
  const clients = accounts.map(({ id }) => clientItemOf(clientRecord({ id: id.replace('usr', 'client') })));
  const users = accounts.map(itemOf);
  const audit = accounts.map(({ id }, at) => {
    const record = {
      ...{ id: `evt_${at}`, at: new Date(at).toISOString(), actorId: id, subjectId: id, clientId: null },
      ...{ action: 'login', resource: `user:${id}`, before: null, after: null, traceId: null },
      ...{ outcome: 'succeeded' as const, address: undefined },
    };
    return auditItemOf(record, 1);
  });
  const confirmations = accounts.map(({ id, email }) =>
    confirmationItemOf({ id: `cnf_${id}`, email, createdAt: 0 } as Confirmation),
  );
  const items = { users, sessions, clients, outbox, audit, email_confirmations: confirmations, identities };
  expect(hotIndexes(tables, items)).toEqual([]);
});
