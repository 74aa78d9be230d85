import { expect, it } from 'vitest';
import { resourceOf } from './resource.rules.ts';

it.each([
  ['/api/users', {}, 'users'],
  ['/api/users/:id/roles', { id: 'usr_1' }, 'user:usr_1/roles'],
  ['/api/courses/:id/roster', { id: 'crs_1' }, 'course:crs_1/roster'],
  ['/api/courses/:id/permits/:permitId', { id: 'crs_1', permitId: 'pmt_2' }, 'course:crs_1/permit:pmt_2'],
  ['/api/semesters/:id', { id: '2026-fall' }, 'semester:2026-fall'],
  ['/internal/users/:id', { id: 'usr_1' }, 'internal/user:usr_1'],
])('%s with %j is about %s', (path, params, resource) => {
  expect(resourceOf(path, params)).toBe(resource);
});

it.each(['ada@registrar.example', 'Ada Moss', '', '..', 'x'.repeat(101), undefined])(
  'leaves out what is no id: %s',
  (id) => {
    expect(resourceOf('/api/users/:id', { id })).toBe('user:?');
  },
);
