import { z } from 'zod';

/** First segments that are never the portal's. */
const taken = /^\/(?:api|assets|health|icons|ims|internal|oauth)(?:\/|$)/;

/** A path of the portal; `:name` stands for one segment, and the first is a word. */
const portalPath = z
  .string()
  .regex(/^\/(?:[a-z0-9-]+(?:\/(?:[a-z0-9-]+|:[A-Za-z]+))*)?$/, 'must be a path such as /courses/:id')
  .refine((path) => !taken.test(path), 'must not be a path of the API or of assets');

/**
 * `portal.json`, which the portal's build writes: the closed list of its paths, and the hashes of the style elements
 * that its libraries add. Other members are passed over.
 */
export const portalManifest = z.object({
  paths: z.array(portalPath).min(1).max(200),
  styleHashes: z.array(z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/, 'must be sha256-<base64>')).max(20),
});

/** What the portal's build says of itself. */
export type PortalManifest = z.infer<typeof portalManifest>;
