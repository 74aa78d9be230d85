/** The permit and the declined request that enrollments has when it is asked. */
export const notificationsPactState = {
  permitId: 'pmt_pactpactpactpactpact',
  requestId: 'prq_pactpactpactpactpact',
} as const;

const { permitId, requestId } = notificationsPactState;

/** What the notifications service asks of enrollments; used as `coursesPact` is. */
export const notificationsPact = {
  note: {
    asks: 'says what was written with a permit',
    method: 'GET',
    path: `/internal/permits/${permitId}/note`,
    status: 200,
    answer: { note: 'Passed the audition.' },
  },
  reason: {
    asks: 'says why a request was declined',
    method: 'GET',
    path: `/internal/permits/${requestId}/note`,
    status: 200,
    answer: { note: 'The course is for majors.' },
  },
  unknown: {
    asks: 'says that there is no such permit',
    method: 'GET',
    path: '/internal/permits/pmt_unknownunknownunkno/note',
    status: 404,
    answer: { code: 'permit_not_found' },
  },
} as const;
