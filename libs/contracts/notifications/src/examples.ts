/** The notification that the documentation shows. */
export const notification = {
  id: 'ntf_ixnwe5md5ibxebc7g33w',
  type: 'enrolled',
  subject: 'You are enrolled in CS 101',
  text: 'You have a seat in CS 101, Introduction to Programming.',
  params: {
    courseCode: 'CS 101',
    section: '1',
    courseTitle: 'Introduction to Programming',
    meetings: [{ day: 'mon', start: '09:00', end: '10:30', room: 'A 12' }],
    byRegistrar: false,
  },
  courseId: 'crs_ixnwe5md5ibxebc7g33w',
  enrollmentId: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  createdAt: '2026-08-20T09:15:00.000Z',
  readAt: null,
  email: { status: 'sent', sentAt: '2026-08-20T09:15:01.000Z', attempts: 1 },
};

/** The preferences that the documentation shows. */
export const preferences = { email: { enrollment: true, waitlist: true, course: true } };
