import { describe, expect, it } from 'vitest';
import { RouteTable } from './route-table.ts';

describe('the methods of a path', () => {
  const routes = new RouteTable();
  routes.addRoute('POST', '/api/auth/login');
  routes.addRoute('PATCH', '/api/users/:id');
  routes.addRoute('GET', '/api/users/:id');

  it.each([
    ['/api/auth/login', ['POST']],
    ['/api/auth/login?x=1', ['POST']],
    ['/api/users/usr_1', ['GET', 'PATCH']],
  ])('are those of its routes, sorted: %s', (url, methods) => {
    expect(routes.methodsOf(url)).toEqual(methods);
  });

  it.each(['/api/auth/login/', '/api/users/usr_1/', '/api/users/', '/api/auth', '/api/auth/login/x'])(
    'are none at a path that only looks like one: %s',
    (url) => {
      expect(routes.methodsOf(url)).toEqual([]);
    },
  );
});
