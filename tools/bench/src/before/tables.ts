/** The tables of the old way: one for each entity, no index. */
export const beforeTables = {
  tables: ['courses', 'enrollments', 'users'].map((name) => ({
    name,
    partitionKey: { name: 'id', type: 'S' },
  })),
};
