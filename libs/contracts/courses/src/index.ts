export * from './course.ts';
export { fieldsOfClass, newCourseDefaults } from './course-request.rules.ts';
export * from './events.ts';
export * from './http.ts';
export { type PublishedCourse, type PublishedSemester, wholeCourse, wholeSemester } from './published.ts';
export * from './put-semester.ts';
export * from './routes.ts';
export * from './semester.ts';
