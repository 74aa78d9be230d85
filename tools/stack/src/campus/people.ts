/** Somebody whom the local provider knows: nobody who has a password here. */
export interface CampusPerson {
  readonly sub: string;
  readonly name: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string;
  readonly email_verified: true;
  /** What the campus calls the person. */
  readonly student_number: string;
  readonly groups: readonly string[];
}

function person(sub: string, givenName: string, familyName: string, groups: readonly string[]): CampusPerson {
  return {
    sub,
    name: `${givenName} ${familyName}`,
    given_name: givenName,
    family_name: familyName,
    email: `campus.${sub}@registrar.example`,
    email_verified: true,
    student_number: `C-${sub}`,
    groups,
  };
}

/** Everybody whom the local provider knows. */
export const campusPeople: readonly CampusPerson[] = [
  person('student', 'Casey', 'Campus', ['students']),
  person('instructor', 'Indra', 'Campus', ['faculty']),
  person('registrar', 'Remy', 'Campus', ['faculty', 'registrars-office']),
];
