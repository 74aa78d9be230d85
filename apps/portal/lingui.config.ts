import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/**
 * English is the source; each further language has one catalogue for most of the portal, and one for what few pages
 * need. `pseudo` is made from English, for tests.
 */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'pseudo'],
  pseudoLocale: 'pseudo',
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}/messages',
      include: ['<rootDir>/src'],
      exclude: ['<rootDir>/src/account/**'],
    },
    { path: '<rootDir>/src/locales/{locale}/account', include: ['<rootDir>/src/account'] },
  ],
  format: formatter({ lineNumbers: false, origins: false }),
});
