import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';

/** A short-lived token that says to an Amazon MSK broker which IAM role speaks; from AWS's usual credentials. */
export async function iamToken(region: string): Promise<{ value: string }> {
  const { token } = await generateAuthToken({ region });
  return { value: token };
}
