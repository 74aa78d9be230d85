import { Match } from 'aws-cdk-lib/assertions';
import { portalAssetHeaders } from '@registrar/contracts-gateway';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { propertiesOf, templateOf } from '../testing/synthesised.ts';

const cdn = templateOf('cdn');
const behavior = z.looseObject({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.string(),
  AllowedMethods: z.array(z.string()).optional(),
});
const distribution = z.looseObject({
  DistributionConfig: z.looseObject({
    Aliases: z.array(z.string()),
    DefaultCacheBehavior: behavior,
    CacheBehaviors: z.array(behavior),
    Origins: z.array(z.looseObject({ Id: z.string(), VpcOriginConfig: z.unknown().optional() })),
    OriginGroups: z.looseObject({ Items: z.array(z.looseObject({ Id: z.string() })) }),
    ViewerCertificate: z.looseObject({ MinimumProtocolVersion: z.string() }),
  }),
});
const [found] = propertiesOf(cdn, 'AWS::CloudFront::Distribution');
const config = distribution.parse(found).DistributionConfig;

describe('the CDN', () => {
  it('is what the public reaches, by TLS and under the public name', () => {
    expect(config.Aliases).toEqual(['registrar.example']);
    expect(config.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors];
    expect(behaviors.map(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'redirect-to-https',
    ]);
    templateOf('edge').hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
    });
  });

  it('asks the gateway for everything but assets, whatever the method, and caches none of it', () => {
    const { TargetOriginId, AllowedMethods } = config.DefaultCacheBehavior;
    const origin = config.Origins.find(({ Id }) => Id === TargetOriginId);
    expect(origin?.VpcOriginConfig).toBeDefined();
    expect(AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']);
    expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/assets/*']);
    cdn.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only' },
    });
  });

  it('takes assets from a bucket that only it may read, and from the gateway what is not there', () => {
    const [assets] = config.CacheBehaviors;
    expect(config.OriginGroups.Items.map(({ Id }) => Id)).toEqual([assets?.TargetOriginId]);
    cdn.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { OriginAccessControlOriginType: 's3', SigningBehavior: 'always' },
    });
    cdn.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
    for (const bucket of propertiesOf(cdn, 'AWS::S3::Bucket'))
      expect(bucket['PublicAccessBlockConfiguration']).toMatchObject({ RestrictPublicBuckets: true });
  });

  it('sends assets with the headers that the gateway gives them, and says everywhere that TLS stays', () => {
    cdn.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: {
          Items: [{ Header: 'cache-control', Value: portalAssetHeaders['cache-control'], Override: false }],
        },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: portalAssetHeaders['content-security-policy'],
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          ReferrerPolicy: { ReferrerPolicy: portalAssetHeaders['referrer-policy'], Override: true },
        },
      },
    });
    const policies = propertiesOf(cdn, 'AWS::CloudFront::ResponseHeadersPolicy');
    expect(policies).toHaveLength(2);
    for (const policy of policies)
      expect(JSON.stringify(policy)).toContain('"AccessControlMaxAgeSec":31536000');
  });

  it('is the only one that the load balancer listens to, beside nobody', () => {
    const groups = propertiesOf(templateOf('network'), 'AWS::EC2::SecurityGroup');
    const balancer = groups.find(({ GroupDescription }) => GroupDescription === 'The load balancer');
    const peers = z.array(z.looseObject({ CidrIp: z.string(), FromPort: z.number() }));
    const ingress = peers.parse(balancer?.['SecurityGroupIngress']);
    expect(ingress).toHaveLength(2);
    for (const { CidrIp, FromPort } of ingress)
      expect([CidrIp.startsWith('10.42.'), FromPort]).toEqual([true, 443]);
  });
});
