import { describe, expect, it } from 'vitest';
import { StackFault } from './stack-fault.ts';
import { startOptions } from './start-options.ts';

function linesOf(args: string[], env: Record<string, string> = {}): readonly string[] {
  try {
    startOptions(args, env);
  } catch (error) {
    if (error instanceof StackFault) return error.lines;
  }
  return [];
}

describe('startOptions', () => {
  it('has the ports of the documentation unless told otherwise', () => {
    expect(startOptions([], { PORT: '' })).toEqual({ gatewayPort: 3000, mailPagePort: 1080, instances: {} });
    expect(startOptions([], { PORT: '8080', MAIL_PAGE_PORT: '8081' })).toMatchObject({
      gatewayPort: 8080,
      mailPagePort: 8081,
    });
  });

  it('reads how often an app runs, in one argument or several', () => {
    const { instances } = startOptions(
      ['--instances', 'enrollments=2,courses=3', '--instances=gateway=2'],
      {},
    );
    expect(instances).toEqual({ enrollments: 2, courses: 3, gateway: 2 });
  });

  it('has a local provider of sign-ins only where it is asked for', () => {
    expect(startOptions([], { OIDC_PORT: '8090' }).campusPort).toBeUndefined();
    expect(startOptions(['--oidc'], {}).campusPort).toBe(3090);
    expect(startOptions(['--oidc'], { OIDC_PORT: '8090' }).campusPort).toBe(8090);
    expect(linesOf(['--oidc'], { OIDC_PORT: 'x' })).toEqual([
      'OIDC_PORT must be a whole number from 1 to 65535, not "x".',
    ]);
  });

  it('names everything that is wrong at once', () => {
    expect(
      linesOf(['--instances', 'billing=2'], {
        PORT: 'seven',
        MAIL_PAGE_PORT: '70000',
        DEMO_PASSWORD: 'short',
      }),
    ).toEqual([
      expect.stringContaining('not "billing=2"'),
      'PORT must be a whole number from 1 to 65535, not "seven".',
      'MAIL_PAGE_PORT must be a whole number from 1 to 65535, not "70000".',
      'DEMO_PASSWORD must have at least 12 characters.',
    ]);
  });

  it.each(['enrollments=0', 'enrollments=17', 'enrollments', 'enrollments=two'])(
    'refuses %s instances',
    (instances) => {
      expect(linesOf(['--instances', instances])).toHaveLength(1);
    },
  );

  it('refuses an argument that it does not know', () => {
    expect(linesOf(['--port', '1'])).toEqual([
      expect.stringMatching(/^Unknown option '--port'.*Usage: npm start/),
    ]);
  });

  it('does not load demo accounts in production', () => {
    expect(linesOf([], { NODE_ENV: 'production' })).toHaveLength(1);
  });
});
