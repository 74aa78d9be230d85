import { scopeNames } from '@registrar/contracts-http';
import { describe, expect, it } from 'vitest';
import { publicRoutes } from './routes.ts';

/** Routes for registrars and admins that no API client may call, and why. */
const notForClients: Readonly<Record<string, string>> = {
  changeUser: 'Identities of people are changed by an admin; a client imports them (users.write).',
  setRoles: 'Who may do what is decided by an admin.',
  suspendUser: 'As changeUser; an import may say `active`.',
  restoreUser: 'As suspendUser.',
  endUserSessions: 'Sessions are of people, and ended by themselves or an admin.',
  eraseUser: 'For good: an admin decides it for each person.',
  getErasure: 'As eraseUser.',
  listAudit: 'What programs do is in it too: they do not read it.',
  listClients: 'A client that could read or make clients could give itself more.',
  getClient: 'As listClients.',
  createClient: 'As listClients.',
  changeClient: 'As listClients.',
  deleteClient: 'As listClients.',
  createClientSecret: 'As listClients.',
  deleteClientSecret: 'As listClients.',
};

const forStaff = publicRoutes.filter(({ caller }) =>
  ['instructor', 'registrar', 'admin'].includes(String(caller)),
);

describe('the routes of staff', () => {
  it('name a scope, or are listed as those that no API client may call', () => {
    const without = forStaff.filter(({ scope }) => scope === undefined).map(({ id }) => id);
    expect(without.sort()).toEqual(Object.keys(notForClients).sort());
  });
});

describe('the scopes of API clients', () => {
  it('are each of use to a route', () => {
    const used = new Set(publicRoutes.map(({ scope }) => scope));
    expect(scopeNames.filter((name) => !used.has(name))).toEqual([]);
  });

  it('open nothing that people call about themselves', () => {
    const own = publicRoutes.filter(({ path }) =>
      /\/me\b|^\/api\/auth\/|\/plans\/|\/notifications\b/.test(path),
    );
    expect(own.filter(({ scope }) => scope !== undefined)).toEqual([]);
  });
});
