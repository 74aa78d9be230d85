import { afterAll, vi } from 'vitest';

// Files of a project share their modules, and must not share what a test put in place of something.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
