/**
 * SHA-256 of the one style element that React Aria adds on iOS (`usePreventScroll`): servers of the portal name it in
 * `style-src`. A test compares it with the installed package.
 */
export const styleHashes: readonly string[] = ['sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='];
