import { fromRow, toRow } from '@registrar/dynamodb';
import type { Row } from '@registrar/dynamodb';
import type { Offering, SemesterRules } from '../enrollment.types.ts';

/** An item of the `offerings` table. */
export type OfferingItem = Row<Offering>;

/** The offering that an item holds. */
export const offeringOf = (item: OfferingItem): Offering => fromRow<Offering>(item);

/** The item of an offering. */
export const offeringItem = (offering: Offering): OfferingItem => toRow(offering);

/** An item of the `semesters` table. */
export type SemesterItem = Row<SemesterRules>;

/** The semester that an item holds. */
export const semesterOf = (item: SemesterItem): SemesterRules => fromRow<SemesterRules>(item);
