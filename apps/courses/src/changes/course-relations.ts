import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CourseState } from '@registrar/contracts-courses';
import { Dynamo } from '@registrar/dynamodb';
import { storedOf } from '../catalogue/course.codec.ts';
import type { CourseItem } from '../catalogue/course.codec.ts';

/**
 * Over so many items the links of a semester are spread. With one for each, a change that names the 250 courses that
 * `linked` has room for fits into a transaction. Never change it: records would not be found.
 */
const linkShards = 64;

/** A course as others see it that are to be linked to it. */
export interface Section {
  state: CourseState;
  /** As a change that is on its way makes it; else as it is. */
  next: CourseState;
}

/** The courses of one class under other codes. */
export interface CrossListed {
  ids: string[];
  /** Those of them whose capacity is the class's: none was stated for them. */
  ofClassCapacity: ReadonlySet<string>;
}

/** Item of the links of a semester that has the record of this course. */
export function linksKey(semesterId: string, courseId: string): string {
  const shard = createHash('sha1').update(courseId).digest().readUInt8(0) % linkShards;
  return `links#${semesterId}#${shard}`;
}

/** Attribute that has who names the course in `linked`; it is not there where nobody does. */
export function namedByAttribute(courseId: string): string {
  return `by:${courseId}`;
}

/** Item of the courses that are cross-listed with a class. */
export function classKey(classId: string): string {
  return `class#${classId}`;
}

/**
 * Reads what courses are to each other: who names a course in `linked`, and who is cross-listed with it.
 *
 * Guarantee: a record is written in the transaction that writes the pending change down, and removed in the one that
 * ends it: what a course has, or is about to have, is in the records.
 */
@Injectable()
export class CourseRelations {
  constructor(private readonly dynamo: Dynamo) {}

  /** Ids of the courses that name this one in `linked`. */
  async namedBy({ semesterId, id }: Pick<CourseState, 'semesterId' | 'id'>): Promise<string[]> {
    const item = await this.dynamo.get('courses', { id: linksKey(semesterId, id) });
    return membersOf(item?.[namedByAttribute(id)]);
  }

  /** The courses that are cross-listed with a class. */
  async crossListed(classId: string): Promise<CrossListed> {
    const item = await this.dynamo.get('courses', { id: classKey(classId) });
    const ofClassCapacity = new Set(membersOf(item?.['class_capacity']));
    return { ids: membersOf(item?.['cross_listed']), ofClassCapacity };
  }

  /** Those of these courses that there are, by id. */
  async sections(ids: Iterable<string>): Promise<Map<string, Section>> {
    const keys = [...new Set(ids)].map((id) => ({ id }));
    if (keys.length === 0) return new Map();
    const items = await this.dynamo.getAll<CourseItem>('courses', keys);
    return new Map(
      items.flatMap((item): [string, Section][] => {
        const { state, pending } = storedOf(item);
        return state ? [[state.id, { state, next: pending?.state ?? state }]] : [];
      }),
    );
  }
}

function membersOf(set: unknown): string[] {
  return set instanceof Set ? [...(set as Set<string>)].sort() : [];
}
