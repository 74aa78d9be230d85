/** The name of the stack that `npm start` runs and `npm run reset` empties. */
export const devStack = 'dev';
