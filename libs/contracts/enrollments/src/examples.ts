/** The course of the documentation's examples. */
export const courseId = 'crs_ixnwe5md5ibxebc7g33w';

/** The enrollment that the documentation shows. */
export const enrollment = {
  id: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  userId: 'usr_fjqhaiowmpe2jfz56jbl',
  courseId,
  semesterId: '2026-fall',
  courseCode: 'CS 101',
  courseTitle: 'Introduction to Programming',
  credits: 4,
  status: 'enrolled',
  waitlistPosition: null,
  enrolledAt: '2026-08-20T09:15:00.000Z',
  updatedAt: '2026-08-20T09:15:00.000Z',
  version: 1,
};

/** A line of its history. */
export const historyEntry = {
  at: enrollment.enrolledAt,
  action: 'enrolled',
  actorId: enrollment.userId,
  actorRole: 'student',
  status: 'enrolled',
  reason: null,
  override: [],
};

/** The seats that the documentation shows. */
export const seats = {
  courseId,
  capacity: 120,
  enrolledCount: 1,
  waitlistedCount: 0,
  seatsAvailable: 119,
  version: 1,
};
