import { z } from 'zod';

/** RFC 3339 in UTC with milliseconds. */
const timestamp = z.iso.datetime({ precision: 3 });

/** What a person may be; `admin` includes the rights of `registrar`. */
export const role = z.enum(['student', 'instructor', 'registrar', 'admin']);

/** What an account may be: `suspended` accounts cannot sign in; of `erased` ones only id and status are left. */
export const userStatus = z.enum(['active', 'suspended', 'erased']);

/** A person as clients see them. Email, names and external id of an erased one are null. */
export const user = z.strictObject({
  id: z.string(),
  email: z.string().nullable(),
  /** The name to show. */
  name: z.string().nullable(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  /** What the campus calls this person; null where it was never set. */
  externalId: z.string().nullable(),
  status: userStatus,
  /** Whether the person has shown that the email is theirs, or the campus has vouched for it. */
  emailVerified: z.boolean(),
  /** Those that were granted, and those that the campus's sign-in gives. */
  roles: z.array(role),
  createdAt: timestamp,
});

/** A person. */
export type User = z.infer<typeof user>;

/** A person who is signed in: never an erased one. */
export const signedInUser = user.extend({ email: z.string(), name: z.string() });

/** A person who is signed in. */
export type SignedInUser = z.infer<typeof signedInUser>;

/** What signing in gives: the person, and the pair of tokens. `expiresIn` is of the access token, in seconds. */
export const session = z.strictObject({
  user: signedInUser,
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int().min(1),
});

/** A session. */
export type Session = z.infer<typeof session>;

/** What signing in on the web gives: a session whose refresh token is in a cookie. */
export const webSession = session.pick({ user: true, accessToken: true, expiresIn: true });

/** A session of the web. */
export type WebSession = z.infer<typeof webSession>;

/** Answer of `POST /api/auth/web/logout`: where to go to sign out of the campus too, if anywhere. */
export const webLogoutAnswer = z.strictObject({ logoutUrl: z.string().nullable() });

/** Fewest and most characters of a password. */
export const passwordLength = { min: 12, max: 256 } as const;

/** Characters of the part before the `@`, as RFC 5322 has them without quotes. */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

/**
 * A mail address as accounts have it, everywhere: at most 254 ASCII characters, no quotes, a domain of two labels or
 * more. The published schema has exactly this pattern; `format: email` would claim more (quotes, `user@localhost`).
 */
export const mailAddress = z
  .string()
  .max(254, 'Give a mail address of 254 characters at most.')
  .regex(
    new RegExp(`^${atom}(\\.${atom})*@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`),
    'Give a mail address.',
  );

/** What somebody typed as a mail address to be found by: anything; what is no address has no account. */
export const submittedAddress = z.string().min(1).max(254);

const newPassword = z
  .string()
  .min(passwordLength.min, `A password has at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `A password has at most ${passwordLength.max} characters.`);
/** One that is only compared: any length that could ever have been taken, so that nothing long is hashed. */
const submittedPassword = z.string().min(1).max(passwordLength.max);

/**
 * A person's name: one line, not blank. The pattern is plain, for generators of other languages stop at `\p{...}`;
 * the line separators of Unicode are refused by the rule after it.
 */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\x00-\x1f\x7f-\x9f]*$/, 'A name stands on one line.')
  .refine((name) => !/[\u2028\u2029]/.test(name), 'A name stands on one line.');

const notVisible = 'An external id has visible characters, and no space at its ends.';

/**
 * What the campus calls a person, such as a matriculation number: 1 to 64 visible characters, compared exactly. The
 * pattern is plain, as that of names; what else of Unicode cannot be seen is refused by the rule after it.
 */
export const externalId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\x00-\x20\x7f-\xa0]([^\x00-\x1f\x7f-\xa0]*[^\x00-\x20\x7f-\xa0])?$/, notVisible)
  .refine((id) => !/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(id), notVisible);

/** `POST /api/auth/register`. */
export const registerRequest = z.strictObject({
  email: mailAddress,
  password: newPassword,
  name: personName,
});

/** A request for an account. */
export type RegisterRequest = z.infer<typeof registerRequest>;

/** `POST /api/auth/login`. */
export const loginRequest = z.strictObject({ email: submittedAddress, password: submittedPassword });

/** A request to sign in. */
export type LoginRequest = z.infer<typeof loginRequest>;

/** `POST /api/auth/refresh`. */
export const refreshRequest = z.strictObject({ refreshToken: z.string().min(1).max(512) });

/** `POST /api/auth/password`. */
export const changePasswordRequest = z.strictObject({ currentPassword: submittedPassword, newPassword });

/** A request for another password. */
export type ChangePasswordRequest = z.infer<typeof changePasswordRequest>;

/** `POST /api/auth/password-reset`. */
export const resetRequest = z.strictObject({ email: submittedAddress });

/** `POST /api/auth/password-reset/confirm`. */
export const resetConfirmation = z.strictObject({ token: z.string().min(1).max(512), newPassword });

/** A new password by a mailed token. */
export type ResetConfirmation = z.infer<typeof resetConfirmation>;

/** `PUT /api/users/:id/roles`: the whole new set. */
export const rolesRequest = z.strictObject({
  roles: z
    .array(role)
    .min(1)
    .max(role.options.length)
    .refine((roles) => new Set(roles).size === roles.length, 'Name each role once.'),
});

/** `PATCH /api/users/:id`: only what is named changes; a part of the name, or an external id, of null is removed. */
export const patchUserRequest = z
  .strictObject({
    externalId: externalId.nullable(),
    name: personName,
    givenName: personName.nullable(),
    familyName: personName.nullable(),
  })
  .partial()
  .refine(
    (fields) => Object.keys(fields).length > 0,
    'Give an externalId, a name, a givenName or a familyName.',
  );

/** A change of a user. */
export type PatchUserRequest = z.infer<typeof patchUserRequest>;

/**
 * Query of `GET /api/users`: one mail address or one external id, or everybody in order of mail; of them those who have
 * every word of `q` as a part of their names, email or external id, the role and the status.
 */
export const usersQuery = z
  .strictObject({
    email: submittedAddress.optional(),
    externalId: externalId.optional(),
    q: z.string().trim().max(100).optional(),
    role: role.optional(),
    status: userStatus.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().min(1).max(2_000).optional(),
  })
  .refine(
    ({ email, externalId: id }) => email === undefined || id === undefined,
    'Search by email or by externalId, not by both.',
  );

/** Which users are asked for. */
export type UsersQuery = z.infer<typeof usersQuery>;

/** A page of users. */
export const userPage = z.strictObject({ items: z.array(user), nextCursor: z.string().nullable() });

/** A page of users. */
export type UserPage = z.infer<typeof userPage>;

/** Answer of `GET /api/campus`: what a client says of the campus before anybody has signed in. */
export const campus = z.strictObject({
  name: z.string(),
  /** IANA name. Times said in words are in it. */
  timeZone: z.string(),
  /** BCP 47; the first is the default. */
  locales: z.array(z.string()).min(1),
  /** Whether people may make accounts for themselves, and whether they confirm their email by a mail first. */
  registration: z.strictObject({ selfService: z.boolean(), confirmation: z.boolean() }),
  signIn: z.array(z.strictObject({ id: z.string(), kind: z.enum(['password', 'oidc']), name: z.string() })),
  /** Letters, best first, with `|` before those that do not pass; and the least mark of 0 to 100 that passes. */
  grading: z.strictObject({ grades: z.string(), passMark: z.int().min(0).max(100) }),
});

/** The campus. */
export type Campus = z.infer<typeof campus>;

/** Answer of `GET /.well-known/jwks.json`: the public keys of access tokens. */
export const jwks = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});

/** Public keys of access tokens. */
export type Jwks = z.infer<typeof jwks>;

/** A document that describes the API. */
export const apiDocument = z.record(z.string(), z.unknown());
