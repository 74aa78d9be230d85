import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseDeployment, readDeployment } from '../deployment/deployment.ts';
import { propertiesOf, templateOf, templatesOf } from '../testing/synthesised.ts';
import type { Template } from 'aws-cdk-lib/assertions';

const titles = [
  'TargetResponseTime, average and p99',
  'RequestCount',
  'UnhealthyHostCount',
  '5XX',
  'CPU',
  'RCU against provisioned',
  'Redis hit rate',
];

function dashboardOf(template: Template): string {
  const [dashboard] = propertiesOf(template, 'AWS::CloudWatch::Dashboard');
  return JSON.stringify(dashboard).replaceAll('\\', '');
}

describe('the dashboard', () => {
  const text = dashboardOf(templateOf('watch'));

  it('has the seven panels', () => {
    expect([...text.matchAll(/"title":"([^"]+)"/g)].map(([, title]) => title)).toEqual(titles);
  });

  it('shows average and p99, the hit rate of the cache, and reads of every service', () => {
    for (const part of [
      '"label":"average"',
      '"p99"',
      'CacheHits',
      'CacheMisses',
      'HTTPCode_Target_5XX_Count',
    ]) {
      expect(text).toContain(part);
    }
    for (const table of [
      'gateway_users',
      'courses_courses',
      'enrollments_enrollments',
      'notifications_inboxes',
    ]) {
      expect(text).toContain(`registrar_${table}`);
    }
  });

  it('shows what is provisioned where tables are', () => {
    const provisioned = parseDeployment({ ...readDeployment('production'), tables: 'provisioned' });
    const template = templatesOf(provisioned).get('registrar-watch');
    if (!template) throw new Error('nothing watches');
    expect(dashboardOf(template)).toContain('ProvisionedReadCapacityUnits');
  });
});

describe('the alarms', () => {
  const alarm = z.looseObject({ AlarmName: z.string(), AlarmActions: z.array(z.unknown()).min(1) });
  const names = propertiesOf(templateOf('watch'), 'AWS::CloudWatch::Alarm').map(
    (each) => alarm.parse(each).AlarmName,
  );

  it('tell of what clients feel, and of what will be felt soon', () => {
    expect(names).toEqual(
      expect.arrayContaining(
        ['slow', 'unhealthy', 'failing', 'jobs-memory', 'courses-cpu', 'enrollments-throttled-writes'].map(
          (name) => `registrar-${name}`,
        ),
      ),
    );
  });

  it('look at the tables of a service ten at a time, as an alarm takes no more', () => {
    expect(names).toContain('registrar-enrollments-throttled-writes-2');
    expect(names).not.toContain('registrar-courses-throttled-writes-2');
  });

  it('go to a topic with a subscriber', () => {
    templateOf('watch').hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'operations@registrar.example',
    });
  });
});
