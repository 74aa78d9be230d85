import { notificationRoutes } from '@registrar/contracts-notifications';
import { scopeFaults } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem } from './testing/system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

describe('an API client', () => {
  it('has no notifications, whatever its scopes', async () => {
    const { app, around } = system;
    expect(await scopeFaults(notificationRoutes, app.url, around.issuer)).toEqual([]);
  });
});
