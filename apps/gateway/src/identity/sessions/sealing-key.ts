import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Bytes of the nonce and of the tag before what is sealed. */
const [ivBytes, tagBytes] = [12, 16];

/** Seals text for one purpose (AES-256-GCM), with a key that follows from a secret: who has the secret opens it. */
export class SealingKey {
  private readonly key: Buffer;

  /**
   * @param secret that of the services, which every instance has, or one with at least 128 random bits
   * @param purpose what is sealed with one is not opened with another
   */
  constructor(secret: string, purpose: string, salt = 'registrar') {
    this.key = Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32));
  }

  /** @param bound text that must be the same when it is opened */
  seal(text: string, bound = ''): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(bound));
    const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** What was sealed; undefined for anything else. */
  open(box: string, bound = ''): string | undefined {
    const bytes = Buffer.from(box, 'base64url');
    if (bytes.length < ivBytes + tagBytes) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return Buffer.concat([
        decipher.update(bytes.subarray(ivBytes + tagBytes)),
        decipher.final(),
      ]).toString();
    } catch {
      return undefined;
    }
  }
}
