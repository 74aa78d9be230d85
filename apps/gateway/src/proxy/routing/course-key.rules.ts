/** Bodies up to this size are looked into for the course that they are about. */
export const peekLimitBytes = 4_096;

const courseId = /^crs_([a-z2-7]{20})$/;
const idInPath = /^\/api\/(?:enrollments\/enr_([a-z2-7]{20})_|courses\/crs_([a-z2-7]{20})\/)/;

/**
 * Which course an enrollment write is about (the part of its id that enrollment ids embed), or undefined where
 * that would cost too much to find. It only decides which instance is asked: any of them answers correctly.
 */
export function courseKeyOf(path: string, body: Buffer | undefined): string | undefined {
  const [, ofEnrollment, inPath = ofEnrollment] = idInPath.exec(path) ?? [];
  if (inPath !== undefined) return inPath;
  if (!body || body.length > peekLimitBytes) return undefined;
  const { courseId: enrolled, addCourseId: added, add } = fieldsOf(body);
  const id = [enrolled, added, firstOf(add)].find((value) => typeof value === 'string');
  return id === undefined ? undefined : courseId.exec(String(id))?.[1];
}

/** The first course of a change set: those who want one lecture with different labs meet at its instance. */
function firstOf(add: unknown): unknown {
  const [first] = Array.isArray(add) ? (add as unknown[]) : [];
  return typeof first === 'object' && first !== null && 'courseId' in first ? first.courseId : undefined;
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
