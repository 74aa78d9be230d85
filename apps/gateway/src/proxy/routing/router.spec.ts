import { describe, expect, it } from 'vitest';
import { Router } from './router.ts';
import { publicRoutes } from '../../routes/routes.ts';

const router = new Router(publicRoutes);

function found(method: string, path: string): string {
  const match = router.find(method, path);
  return match.kind === 'route' ? `${match.route.service} ${match.route.path}` : match.kind;
}

describe('the routing table', () => {
  it.each([
    ['GET', '/api/courses', 'courses /api/courses'],
    ['HEAD', '/api/courses/crs_1', 'courses /api/courses/:id'],
    ['POST', '/api/courses/batch-get', 'courses /api/courses/batch-get'],
    ['PATCH', '/api/courses/crs_1', 'courses /api/courses/:id'],
    ['GET', '/api/courses/crs_1/roster', 'enrollments /api/courses/:id/roster'],
    ['GET', '/api/courses/crs_1/seats', 'enrollments /api/courses/:id/seats'],
    ['PUT', '/api/semesters/2026-fall', 'courses /api/semesters/:id'],
    ['GET', '/api/enrollments/me', 'enrollments /api/enrollments/me'],
    ['DELETE', '/api/enrollments/enr_1', 'enrollments /api/enrollments/:id'],
    ['POST', '/api/enrollments/import', 'enrollments /api/enrollments/import'],
    ['POST', '/api/notifications/ntf_1/read', 'notifications /api/notifications/:id/read'],
    ['GET', '/api/notifications/stream', 'notifications /api/notifications/stream'],
  ])('sends %s %s to %s', (method, path, expected) => expect(found(method, path)).toBe(expected));

  it.each([
    '/api/nothing',
    '/internal/seats',
    '/api/courses/',
    '/api/courses/crs_1/',
    '/API/courses',
    '/api/courses/a/b/c',
    '/',
  ])('does not know %s', (path) => expect(found('GET', path)).toBe('unknown'));

  it.each([
    ['DELETE', '/api/courses', ['GET', 'HEAD', 'POST']],
    ['POST', '/api/enrollments/me', ['GET', 'HEAD']],
    ['DELETE', '/api/courses/batch-get', ['POST']],
    ['GET', '/api/enrollments/import', ['POST']],
    ['POST', '/api/courses/crs_1', ['DELETE', 'GET', 'HEAD', 'PATCH']],
  ])('says which methods %s %s has instead', (method, path, allowed) => {
    expect(router.find(method, path)).toMatchObject({ kind: 'method', allowed });
  });
});
