import { describe, expect, it } from 'vitest';
import { Run } from '../process/run.ts';
import { composeProject, downCommand, freezeCommand, upCommand } from './compose.ts';

const ports = { redis: 1, kafka: 2, kafkaController: 3, dynamodb: 4, smtp: 5, mailPage: 6 };

describe('the commands for Docker', () => {
  it('bring up only the parts that are missing, on the chosen ports, and wait for their health', () => {
    const { command, args, env } = upCommand(new Run('dev'), ['kafka', 'mail'], ports);
    expect(command).toBe('docker');
    expect(args.slice(args.indexOf('up'))).toEqual([
      'up',
      '--detach',
      '--wait',
      '--wait-timeout',
      '120',
      'kafka',
      'maildev',
    ]);
    expect(env).toMatchObject({ KAFKA_PORT: '2', SMTP_PORT: '5', MAIL_PAGE_PORT: '6' });
  });

  it('keep the volumes of a lasting stack and remove those of a passing one', () => {
    expect(downCommand('/checkout/.local/dev', true).args).not.toContain('--volumes');
    expect(downCommand('/checkout/.local/test-1', false).args).toContain('--volumes');
  });

  it('freeze a part and let it go on', () => {
    expect(freezeCommand('/checkout/.local/prove', 'mail', true).args.slice(-2)).toEqual([
      'pause',
      'maildev',
    ]);
    expect(freezeCommand('/checkout/.local/prove', 'kafka', false).args.slice(-2)).toEqual([
      'unpause',
      'kafka',
    ]);
  });

  it('keep two checkouts apart', () => {
    expect(composeProject('/one/.local/dev')).not.toBe(composeProject('/two/.local/dev'));
    expect(composeProject('/one/.local/dev')).toMatch(/^registrar-dev-[0-9a-f]{8}$/);
  });
});
