import type { IncomingHttpHeaders } from 'node:http';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;

/** Whether `url` is plain http on this machine. */
export function isPlainLoopback(url: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol === 'http:' && loopbackHost.test(host);
}

/**
 * Whether a request comes from a page of our own origin: it has `X-Registrar-Web: 1`, which no form can send and which
 * CORS never allows, and the browser says so in `Sec-Fetch-Site`, or in `Origin` where it is too old for that.
 *
 * @param publicUrl a URL of ours. On loopback the instance that was asked counts too, by whatever name and port.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  if (headers['x-registrar-web'] !== '1') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host = '' } = headers;
  if (origin === new URL(publicUrl).origin) return true;
  return isPlainLoopback(publicUrl) && loopbackHost.test(host) && origin === `http://${host}`;
}
