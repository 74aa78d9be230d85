import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';

const generated = { excludePunctuation: true, passwordLength: 64 };

/**
 * The secrets of the services. Two are made by AWS; the signing keys, the address of the mail server with its
 * credentials and the providers of the campus are put in by hand before the first start, and until then are random words that no service takes.
 */
export class SecretsStack extends Stack {
  readonly serviceToken: Secret;
  readonly cursor: Secret;
  readonly signingKeys: Secret;
  readonly smtpUrl: Secret;
  /** `OIDC_PROVIDERS`; undefined where the campus does not sign in. */
  readonly oidcProviders: Secret | undefined;

  constructor(
    scope: Construct,
    id: string,
    { campusSignIn = false }: { campusSignIn?: boolean | undefined } = {},
  ) {
    super(scope, id, { stackName: id, terminationProtection: true });
    this.serviceToken = this.secret('service-token', 'Signs the tokens of calls between services');
    this.cursor = this.secret('cursor', 'Signs paging cursors');
    this.signingKeys = this.secret('signing-keys', 'Private keys of access tokens, as the key file has them');
    this.smtpUrl = this.secret('smtp-url', 'smtps://user:password@host:465 of SES');
    this.oidcProviders = campusSignIn
      ? this.secret('oidc-providers', 'Providers of the campus with their client secrets, as JSON')
      : undefined;
  }

  private secret(name: string, description: string): Secret {
    const secret = new Secret(this, name, {
      secretName: `${systemName}/${name}`,
      description,
      generateSecretString: generated,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Rotated by hand as the README tells: keys must overlap, and all services take one up together.',
    });
    return secret;
  }
}
