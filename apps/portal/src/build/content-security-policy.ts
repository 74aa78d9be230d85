/**
 * SHA-256 of the one style element that React Aria adds on iOS (`usePreventScroll`). A test compares it with the
 * installed package.
 */
export const styleHashes: readonly string[] = ['sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='];

/** The Content-Security-Policy of every page: own scripts and styles, own connections, nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src ${["'self'", ...styleHashes.map((hash) => `'${hash}'`)].join(' ')}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types registrar',
].join('; ');
