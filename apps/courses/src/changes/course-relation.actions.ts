import type { CourseState } from '@registrar/contracts-courses';
import type { TransactAction } from '@registrar/dynamodb';
import type { PendingCourseChange } from '../catalogue/course.codec.ts';
import { classKey, linksKey, namedByAttribute } from './course-relations.ts';

/** Courses that name others, in an item of links. */
const ownersAttribute = 'owners';

/** Actions of the transaction that writes a pending change down; `table` is the physical name of the courses table. */
export function beginningRelations(
  table: string,
  pending: PendingCourseChange,
  ofClass: Pick<CourseState, 'id' | 'version'> | undefined,
): TransactAction[] {
  const { state, links, capacityOf } = pending;
  const actions = links ? notes(table, pending, links.takes, links.owner === 'begins') : [];
  if (!ofClass) return actions;
  const joins =
    capacityOf === 'class' ? 'ADD cross_listed :ids, class_capacity :ids' : 'ADD cross_listed :ids';
  return [...actions, isUnchanged(table, ofClass), classUpdate(table, ofClass.id, joins, state.id)];
}

/** Actions of its commit. */
export function committingRelations(table: string, pending: PendingCourseChange): TransactAction[] {
  const { state, links, capacityOf } = pending;
  const actions = links ? removals(table, pending, links.frees, links.owner === 'ends') : [];
  if (capacityOf !== 'own' || state.crossListedOf === null) return actions;
  return [...actions, classUpdate(table, state.crossListedOf, 'DELETE class_capacity :ids', state.id)];
}

/** Actions that undo those of its beginning. */
export function withdrawingRelations(table: string, pending: PendingCourseChange): TransactAction[] {
  const { state, links, change } = pending;
  const actions = links ? removals(table, pending, links.takes, links.owner === 'begins') : [];
  if (change !== 'created' || state.crossListedOf === null) return actions;
  const leaves = 'DELETE cross_listed :ids, class_capacity :ids';
  return [...actions, classUpdate(table, state.crossListedOf, leaves, state.id)];
}

/** Notes who is named; refused where one of them names others, or the one who names them is named itself. */
function notes(
  table: string,
  { state }: PendingCourseChange,
  ids: readonly string[],
  isFirst: boolean,
): TransactAction[] {
  return itemsOf(state, ids, isFirst).map(([id, named]) => {
    const isOwnItem = isFirst && id === linksKey(state.semesterId, state.id);
    const conditions = named.map((_, at) => `NOT contains(#owners, :id${at})`);
    if (isOwnItem) conditions.push('attribute_not_exists(#self)');
    const Update = {
      TableName: table,
      Key: { id },
      UpdateExpression: `ADD ${[...(isOwnItem ? ['#owners :owner'] : []), ...parts(named)].join(', ')}`,
      ConditionExpression: conditions.join(' AND '),
      ExpressionAttributeNames: {
        '#owners': ownersAttribute,
        ...namesOf(named),
        ...(isOwnItem && { '#self': namedByAttribute(state.id) }),
      },
      ExpressionAttributeValues: {
        ':owner': new Set([state.id]),
        ...Object.fromEntries(named.map((each, at) => [`:id${at}`, each])),
      },
    };
    return { Update };
  });
}

function removals(
  table: string,
  { state }: PendingCourseChange,
  ids: readonly string[],
  isLast: boolean,
): TransactAction[] {
  return itemsOf(state, ids, isLast).map(([id, named]) => {
    const isOwnItem = isLast && id === linksKey(state.semesterId, state.id);
    const Update = {
      TableName: table,
      Key: { id },
      UpdateExpression: `DELETE ${[...(isOwnItem ? ['#owners :owner'] : []), ...parts(named)].join(', ')}`,
      ExpressionAttributeNames: { ...(isOwnItem && { '#owners': ownersAttribute }), ...namesOf(named) },
      ExpressionAttributeValues: { ':owner': new Set([state.id]) },
    };
    return { Update };
  });
}

/** The items that have the records of these courses, and that of the owner where it is to change. */
function itemsOf(
  { semesterId, id: ownerId }: CourseState,
  ids: readonly string[],
  withOwner: boolean,
): [key: string, named: string[]][] {
  const items = Map.groupBy(ids, (id) => linksKey(semesterId, id));
  const own = linksKey(semesterId, ownerId);
  if (withOwner && !items.has(own)) items.set(own, []);
  return [...items];
}

function parts(named: readonly string[]): string[] {
  return named.map((_, at) => `#by${at} :owner`);
}

function namesOf(named: readonly string[]): Record<string, string> {
  return Object.fromEntries(named.map((id, at) => [`#by${at}`, namedByAttribute(id)]));
}

/** The class is as the new course was made from it, and no change of it is on its way. */
function isUnchanged(table: string, { id, version }: Pick<CourseState, 'id' | 'version'>): TransactAction {
  const ConditionCheck = {
    TableName: table,
    Key: { id },
    ConditionExpression: '#version = :version AND attribute_not_exists(#intent)',
    ExpressionAttributeNames: { '#version': 'version', '#intent': 'intent' },
    ExpressionAttributeValues: { ':version': version },
  };
  return { ConditionCheck };
}

function classUpdate(table: string, classId: string, expression: string, courseId: string): TransactAction {
  const Update = {
    TableName: table,
    Key: { id: classKey(classId) },
    UpdateExpression: expression,
    ExpressionAttributeValues: { ':ids': new Set([courseId]) },
  };
  return { Update };
}
