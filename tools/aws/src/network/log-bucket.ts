import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment/deployment.ts';

/** Of every bucket: encrypted, not public, by TLS alone, and kept when its stack goes. */
export const privateBucket = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

/** A bucket for access logs, which expire. */
export function accessLogBucket(
  scope: Construct,
  { logRetentionDays }: Deployment,
  props: BucketProps = {},
): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    ...privateBucket,
    lifecycleRules: [{ expiration: Duration.days(logRetentionDays) }],
    ...props,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'It holds access logs itself; logs of who reads them are CloudTrail’s.',
  });
  return bucket;
}
