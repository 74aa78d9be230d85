/** Bodies up to this size are looked into for the course that they are about. */
export const peekLimitBytes = 4_096;

const courseId = /^crs_([a-z2-7]{20})$/;
const enrollmentId = /^enr_([a-z2-7]{20})_/;
const idInPath = /^\/api\/(?:enrollments\/enr_([a-z2-7]{20})_|courses\/crs_([a-z2-7]{20})\/)/;

/**
 * Which course an enrollment write is about (the part of its id that enrollment ids embed), the first one of several;
 * undefined where that would cost too much to find. It only decides which instance is asked: any of them answers correctly.
 */
export function courseKeyOf(path: string, body: Buffer | undefined): string | undefined {
  const [, ofEnrollment, inPath = ofEnrollment] = idInPath.exec(path) ?? [];
  if (inPath !== undefined) return inPath;
  if (!body || body.length > peekLimitBytes) return undefined;
  const { courseId: enrolled, addCourseId: added, add, drop } = fieldsOf(body);
  const first = Array.isArray(add) ? (add[0] as { courseId?: unknown } | null)?.courseId : undefined;
  const id = [enrolled, added, first].find((value) => typeof value === 'string');
  if (id !== undefined) return courseId.exec(String(id))?.[1];
  return Array.isArray(drop) ? enrollmentId.exec(String(drop[0]))?.[1] : undefined;
}

function fieldsOf(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // What is wrong with it is the service's to say.
    return {};
  }
}
