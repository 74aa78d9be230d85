import { createHash } from 'node:crypto';
import type { Encoding } from '@registrar/cache';

/** A file of the portal as it is sent. */
export interface PortalFile {
  /** Headers of every answer with it. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes by encoding; those that the build compressed. */
  readonly forms: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
  /** Its strong tag, without quotes; a compressed form adds its encoding. */
  readonly tag: string;
}

/** The file of these bytes. */
export function portalFile(forms: PortalFile['forms'], headers: PortalFile['headers']): PortalFile {
  const tag = createHash('sha256').update(forms.identity).digest('base64url').slice(0, 22);
  return { forms, headers, tag };
}

/** The tag of one form, as in `ETag` without quotes. */
export function tagOf({ tag }: PortalFile, encoding: Encoding): string {
  return encoding === 'identity' ? tag : `${tag}-${encoding}`;
}
