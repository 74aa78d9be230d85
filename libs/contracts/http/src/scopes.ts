/** What an API client may be granted, with what each scope lets it do. A scope never gives more than a registrar has. */
export const scopes = {
  'catalog.write': 'Create, change and cancel courses, semesters and departments, and read drafts.',
  'students.read': "Read students' records and completed courses.",
  'students.write': "Change students' records and completed courses, also by file.",
  'enrollments.read':
    'Read rosters, waitlists, permits, and the enrollments of any student with their history.',
  'enrollments.write':
    'Enroll, drop, transfer and grade students, change their enrollments, also by file, and grant permits.',
  'holds.write': 'Read, place and release holds, also by file.',
  'users.read': 'Find and read users.',
  'users.write': 'Import users from a file.',
} as const;

/** One scope of an API client. */
export type Scope = keyof typeof scopes;

/** Every scope, in the order in which they are listed. */
export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];
