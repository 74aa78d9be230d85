import { Injectable } from '@nestjs/common';
import { mailAddress } from '@registrar/contracts-gateway';
import { UsersRepository } from '@registrar/users-projection';

/** Whom a line of a file is about, as its cells say it; an empty cell is none. */
export interface PersonCells {
  /** In lower case. */
  email: string | undefined;
  externalId: string | undefined;
}

/** A line that changes nothing, and why. */
export interface LineRefusal<Code extends string = 'invalid_line' | 'user_not_found'> {
  line: number;
  code: Code;
  detail: string;
}

/** A line of a file whose person is not looked up yet. */
interface PersonalLine {
  line: number;
  person: PersonCells;
}

/** The cells that name a person, checked. @returns what is wrong with them in words, where something is */
export function personOf(cells: { email?: string; externalId?: string }): PersonCells | { detail: string } {
  const { email = '', externalId = '' } = cells;
  if (email === '' && externalId === '')
    return { detail: 'The line names nobody: fill email or externalId.' };
  if (email !== '' && !mailAddress.safeParse(email).success) {
    return { detail: 'The email is not a mail address.' };
  }
  return {
    email: email === '' ? undefined : email.toLowerCase(),
    externalId: externalId === '' ? undefined : externalId,
  };
}

/** Finds the people of lines. Failure: Problem 503 or 504 where the gateway has to be asked and does not answer. */
@Injectable()
export class LinePeople {
  constructor(private readonly users: UsersRepository) {}

  /** Lines with the id of their person, and those whose person is not found; both in the order of the file. */
  async find<Line extends PersonalLine>(
    lines: readonly Line[],
  ): Promise<{ known: (Line & { userId: string })[]; refused: LineRefusal[] }> {
    const [byEmail, byExternalId] = await Promise.all([
      this.users.byEmails(lines.flatMap(({ person }) => person.email ?? [])),
      this.users.byExternalIds(lines.flatMap(({ person }) => person.externalId ?? [])),
    ]);
    const known: (Line & { userId: string })[] = [];
    const refused: LineRefusal[] = [];
    for (const each of lines) {
      const { line, person } = each;
      const found = [
        ...(person.email === undefined ? [] : [byEmail.get(person.email)?.id]),
        ...(person.externalId === undefined ? [] : [byExternalId.get(person.externalId)?.id]),
      ];
      const [userId, other] = found;
      if (found.includes(undefined) || userId === undefined) refused.push(unknownPerson(line, person));
      else if (other !== undefined && other !== userId) refused.push(twoPeople(line));
      else known.push({ ...each, userId });
    }
    return { known, refused };
  }
}

function unknownPerson(line: number, { email, externalId }: PersonCells): LineRefusal {
  const named = [
    email === undefined ? undefined : `the mail address ${email}`,
    externalId === undefined ? undefined : `the external id ${externalId}`,
  ].filter((part) => part !== undefined);
  return { line, code: 'user_not_found', detail: `No user has ${named.join(' and ')}.` };
}

function twoPeople(line: number): LineRefusal {
  return { line, code: 'invalid_line', detail: 'The email and the external id belong to different users.' };
}
