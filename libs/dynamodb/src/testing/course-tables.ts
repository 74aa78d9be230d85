/** Definitions of two tables for tests: one with a TTL and an index, one with a sort key. */
export function courseTables(projection: string | string[]) {
  const courses = {
    name: 'courses',
    partitionKey: { name: 'id', type: 'S' },
    ttlAttribute: 'expires_at',
    indexes: [
      {
        name: 'CoursesBySemester',
        partitionKey: { name: 'semester_id', type: 'S' },
        sortKey: { name: 'department_id', type: 'S' },
        projection,
      },
    ],
  };
  const seats = {
    name: 'seats',
    partitionKey: { name: 'course_id', type: 'S' },
    sortKey: { name: 'ticket', type: 'N' },
  };
  return { tables: [courses, seats] };
}
