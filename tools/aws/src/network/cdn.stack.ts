import { CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { OriginGroup, S3BucketOrigin, VpcOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { portalAssetHeaders } from '@registrar/contracts-gateway';
import type { Deployment } from '../deployment/deployment.ts';
import type { EdgeStack } from './edge.stack.ts';
import { accessLogBucket, privateBucket } from './log-bucket.ts';

const strictTransportSecurity = {
  accessControlMaxAge: Duration.days(365),
  includeSubdomains: false,
  override: true,
};

/**
 * What the public reaches: the CDN, before the load balancer and the portal's assets.
 *
 * Assets come from a bucket, in which those of earlier releases stay, so that a page that was open before a release
 * still loads its own. Pages and the API come from the gateway, which alone has the list of paths; so does an
 * asset that is not in the bucket.
 */
export class CdnStack extends Stack {
  constructor(scope: Construct, id: string, edge: EdgeStack, deployment: Deployment) {
    super(scope, id, { stackName: id });
    // CloudFront delivers its logs by an ACL.
    const logs = accessLogBucket(this, deployment, { objectOwnership: ObjectOwnership.OBJECT_WRITER });
    const assets = new Bucket(this, 'AssetFiles', {
      ...privateBucket,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'assets/',
    });
    const gateway = VpcOrigin.withApplicationLoadBalancer(edge.balancer, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // Live streams give a sign of life every 15 s; the load balancer keeps its connections for 60 s.
      readTimeout: Duration.seconds(60),
      keepaliveTimeout: Duration.seconds(55),
    });
    const distribution = new Distribution(this, 'Distribution', {
      domainNames: [new URL(deployment.publicUrl).hostname],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', deployment.cdnCertificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableLogging: true,
      logBucket: logs,
      defaultBehavior: this.gatewayBehavior(gateway),
      additionalBehaviors: { '/assets/*': this.assetBehavior(assets, gateway) },
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Students call from anywhere.' },
      { id: 'AwsSolutions-CFR2', reason: 'The gateway limits, sheds and judges every request itself.' },
    );
    new CfnOutput(this, 'Address', { value: distribution.distributionDomainName });
    new CfnOutput(this, 'Assets', { value: assets.bucketName });
  }

  /** Nothing is cached: the gateway answers from its own memory where it can, and answers depend on the user. */
  private gatewayBehavior(origin: IOrigin) {
    const headers = new ResponseHeadersPolicy(this, 'GatewayHeaders', {
      securityHeadersBehavior: { strictTransportSecurity },
    });
    return {
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // With `Host`: the load balancer's certificate is for it.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers,
      compress: false,
    };
  }

  /** The same headers as from the gateway. Its 404 keeps its own `Cache-Control`. */
  private assetBehavior(assets: Bucket, gateway: IOrigin) {
    const headers = new ResponseHeadersPolicy(this, 'AssetHeaders', {
      securityHeadersBehavior: {
        strictTransportSecurity,
        contentSecurityPolicy: {
          contentSecurityPolicy: portalAssetHeaders['content-security-policy'],
          override: true,
        },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'cache-control', value: portalAssetHeaders['cache-control'], override: false },
        ],
      },
    });
    return {
      origin: new OriginGroup({
        primaryOrigin: S3BucketOrigin.withOriginAccessControl(assets),
        fallbackOrigin: gateway,
        // A bucket that may not be listed says 403 of what it does not have.
        fallbackStatusCodes: [403, 404],
      }),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers,
      compress: true,
    };
  }
}
