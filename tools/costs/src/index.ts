export { architectureBill, comparedTotals, monthlyUse, totalOf, type BillLine } from './bill.rules.ts';
export { architectureFile, readArchitecture, type Architecture, type Fleet, type Kafka } from './fleet.ts';
export {
  readPriceList,
  type ComparedLine,
  type MonthlyUse,
  type Price,
  type PriceList,
  type PriceName,
} from './price-list.ts';
