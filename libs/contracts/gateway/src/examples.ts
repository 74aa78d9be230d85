/** A password that the documentation shows. */
export const password = 'correct horse battery';

/** The user that the documentation shows. */
export const user = {
  id: 'usr_fjqhaiowmpe2jfz56jbl',
  email: 'student@registrar.example',
  name: 'Sam Student',
  givenName: 'Sam',
  familyName: 'Student',
  externalId: '20261042',
  status: 'active',
  emailVerified: true,
  roles: ['student'],
  createdAt: '2026-01-12T08:30:00.000Z',
};

/** The session that the documentation shows. */
export const session = {
  user,
  accessToken: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
  refreshToken: 'ses_ixnwe5md5ibxebc7g33w.1.a02oIg5U8ZDf1YKoPULgYexy6qVGw0la.iPiMm05gt_jTzRnaKy25Rg',
  tokenType: 'Bearer',
  expiresIn: 900,
};

/** Retentions that the documentation shows. */
export const retention = {
  items: [
    {
      name: 'notifications',
      days: 365,
      covers: 'Messages in inboxes and the state of their mails',
      service: 'notifications',
    },
  ],
};

/** The campus that the documentation shows. */
export const campus = {
  name: 'Example University',
  timeZone: 'America/New_York',
  locales: ['en', 'de'],
  registration: { selfService: true, confirmation: false },
  signIn: [{ id: 'password', kind: 'password', name: 'Password' }],
  grading: { grades: 'A+,A,A-,B+,B,B-,C+,C,C-,D+,D,D-|F', passMark: 50 },
};
