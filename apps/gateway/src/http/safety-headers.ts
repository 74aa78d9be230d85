/**
 * Headers of every answer that make it harmless in a browser: it is data, never a page, and never guessed to be
 * one. HTTPS is ended before the gateway, and with it HSTS is said there.
 */
export const safetyHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;
