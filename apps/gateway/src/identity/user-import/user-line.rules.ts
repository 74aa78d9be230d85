import {
  externalId,
  mailAddress,
  maxUserLines,
  optionalUserImportColumns,
  personName,
  role,
  userImportColumns,
} from '@registrar/contracts-gateway';
import { emptyAsNull, faultsInWords, valuesOf } from '@registrar/service';
import type { ImportFormat } from '@registrar/service';
import { z } from 'zod';
import { ownEmailKey } from '../accounts/email-key.rules.ts';

const cells = z.object({
  externalId: emptyAsNull(externalId),
  email: emptyAsNull(mailAddress),
  givenName: emptyAsNull(personName).optional(),
  familyName: emptyAsNull(personName).optional(),
  name: emptyAsNull(personName).optional(),
  roles: z
    .string()
    .transform((cell) => valuesOf(cell.toLowerCase()))
    .pipe(z.array(role).min(1, 'Name at least one role.'))
    .optional(),
  active: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['true', 'false'], 'Use true or false.'))
    .transform((cell) => cell === 'true')
    .optional(),
});

/** What a line says of a user: null for an empty cell, undefined where the file does not have the column. */
export type UserFields = z.infer<typeof cells> & {
  emailKey: string | null;
};

/** How files of users are read. An export of others may have the email in `userEmail`. */
export const userFormat: ImportFormat<
  (typeof userImportColumns)[number],
  (typeof optionalUserImportColumns)[number],
  UserFields
> = {
  names: userImportColumns,
  optional: optionalUserImportColumns,
  aliases: { userEmail: 'email' },
  maxLines: maxUserLines,
  read: (line) => {
    const { data, error } = cells.safeParse(line);
    if (!data) return { detail: faultsInWords(error).join(' ') };
    if (data.externalId === null && data.email === null)
      return { detail: 'The line names nobody: fill externalId and email.' };
    return { fields: { ...data, emailKey: data.email === null ? null : ownEmailKey(data.email) } };
  },
};
