import type { DescribeTableCommandOutput } from '@aws-sdk/client-dynamodb';
import { register } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { accountingMiddleware } from './accounting.middleware.ts';

describe('the description of a table', () => {
  it('shows the reads that table and indexes have at most, and a count of refusals that begins at none', async () => {
    const output: DescribeTableCommandOutput = {
      $metadata: {},
      Table: {
        TableName: 'registrar_courses_courses',
        ProvisionedThroughput: { ReadCapacityUnits: 40 },
        GlobalSecondaryIndexes: [
          { IndexName: 'CoursesBySemester', ProvisionedThroughput: { ReadCapacityUnits: 15 } },
          { IndexName: 'OnDemand' },
        ],
      },
    };
    register.resetMetrics();
    const context = { clientName: 'DynamoDBClient', commandName: 'DescribeTableCommand' };
    const answering = () => Promise.resolve({ response: {}, output });
    const handler = accountingMiddleware('registrar_')(answering, context);
    const input = { TableName: 'registrar_courses_courses' };
    expect((await handler({ input })).output).toBe(output);
    const text = await register.metrics();
    expect(text).toContain('dynamodb_provisioned_read_units{table="courses_courses",index=""} 40');
    expect(text).toContain('read_units{table="courses_courses",index="CoursesBySemester"} 15');
    expect(text).toContain('read_units{table="courses_courses",index="OnDemand"} 0');
    expect(text).toContain('dynamodb_throttled_requests_total{table="courses_courses"} 0');
  });
});
