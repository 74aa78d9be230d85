import { CachedBody, entityTag } from '@registrar/cache';
import type { Student } from '@registrar/contracts-enrollments';
import type { GradeScale } from '@registrar/eligibility';
import type { Answer } from '@registrar/idempotency';
import { Problem } from '@registrar/service';
import type { KnownUser } from '@registrar/users-projection';
import { earnedCreditsOf } from '../enrollment/student-record/completions.rules.ts';
import type { StudentRecord } from '../enrollment/student-record/student-record.types.ts';

/** A record as clients see it. */
export function studentView(user: KnownUser, record: StudentRecord, grades: GradeScale): Student {
  const { programs, level, groups, creditLimit, version, updatedAt } = record;
  return {
    userId: user.id,
    externalId: user.externalId,
    name: user.name,
    email: user.email,
    programs,
    level,
    groups,
    earnedCredits: earnedCreditsOf(record, grades),
    creditLimit,
    version,
    updatedAt,
  };
}

/** The record after a change, with the tag that a GET would give it. */
export function studentAnswer(body: Student): Answer<Student> {
  const etag = `"${entityTag(CachedBody.of(JSON.stringify(body)), body.version)}"`;
  return { status: 200, headers: { etag }, body };
}

/** 404: no such user. */
export function userNotFound(): Problem {
  return new Problem(404, 'user_not_found', 'There is no such user.');
}
