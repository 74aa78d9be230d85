import { z } from 'zod';
import { mailAddress, personName } from './http.ts';
import type { role } from './http.ts';

/** Columns that a file of users has; its first line names them, in any order and case, beside any others. */
export const userImportColumns = ['externalId', 'email'] as const;

/** Columns that a file of users may have. `roles` holds several between `|`; `active` is true or false. */
export const optionalUserImportColumns = ['givenName', 'familyName', 'name', 'roles', 'active'] as const;

/** Most lines of a file of users, the header and lines without content apart. */
export const maxUserLines = 20_000;

/** Roles that a registrar may give by a file. */
export const importableRoles = ['student', 'instructor'] as const satisfies z.infer<typeof role>[];

/** Query of `POST /api/users/import`. */
export const userImportQuery = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});

/**
 * Why a line of users is refused: it cannot be read, contradicts itself or lacks a cell (`invalid_line`); its mail is
 * another account's; the caller may not give its roles, or change its account (`forbidden`); it would end the rights of
 * the last active admin, or the caller's own; a later line is about the same person; the store does not take it.
 */
export const userRefusalCodes = [
  'invalid_line',
  'email_taken',
  'forbidden',
  'last_admin',
  'own_admin_role',
  'duplicate_line',
  'change_refused',
] as const;

/** A reason to refuse a line of users. */
export type UserRefusalCode = (typeof userRefusalCodes)[number];

const userRefusal = z.strictObject({
  /** The line of the file on which it begins, the first being 1. */
  line: z.int().min(2),
  code: z.enum(userRefusalCodes),
  detail: z.string(),
});

/** A refused line of users. */
export type UserRefusal = z.infer<typeof userRefusal>;

/** Answer of `POST /api/users/import`. */
export const userImportResult = z.strictObject({
  /** Lines that made or changed an account now. */
  changed: z.int().min(0),
  /** Lines that said what is so already. */
  unchanged: z.int().min(0),
  refused: z.array(userRefusal),
});

/** What an import of users came to. */
export type UserImportResult = z.infer<typeof userImportResult>;

/** `POST /api/users/:id/suspend`. */
export const suspension = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** `PATCH /api/users/me`: only what is named changes; a part of the name that is null is removed. */
export const patchOwnProfileRequest = z
  .strictObject({ name: personName, givenName: personName.nullable(), familyName: personName.nullable() })
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'Give a name, a givenName or a familyName.');

/** `POST /internal/admin-bootstrap`: who becomes the first admin. */
export const bootstrapRequest = z.strictObject({ email: mailAddress });

/** Its answer: the one-time link by which that person sets a password, and becomes an admin. */
export const bootstrapLink = z.object({ link: z.string(), email: z.string(), expiresAt: z.string() });
