import { z } from 'zod';

const timestamp = z.iso.datetime({ precision: 3 });

/** Answer of `GET /api/auth/identities`: the providers of the campus that the caller can sign in by. */
export const identityList = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      /** The provider's id. */
      provider: z.string(),
      linkedAt: timestamp,
    }),
  ),
});

/** Identities of the caller. */
export type IdentityList = z.infer<typeof identityList>;

/** Answer of `POST /api/auth/identities/:provider`: where to go to link it. */
export const linkAnswer = z.strictObject({ url: z.string() });

/** Query of `GET /api/auth/oidc/:provider/start`. What is no path of ours is 422. */
export const signInStartQuery = z.strictObject({
  returnTo: z
    .string()
    .max(2_000)
    .regex(/^\/([^/\\\x00-\x20\x7f][^\\\x00-\x20\x7f]*)?$/, 'Give a path of this site, such as "/courses".')
    .optional(),
});

/** Query of `GET /api/auth/oidc/:provider/callback`: what the provider says; what is unknown is ignored (RFC 6749). */
export const signInCallbackQuery = z.looseObject({
  code: z.unknown().optional(),
  state: z.unknown().optional(),
});
