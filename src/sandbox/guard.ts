const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Whether a request was addressed to this machine by name and, if a web page sent it, by a page of
 * the very same address. Refuses rebound DNS names (Host) and other sites' pages (Origin).
 */
export function isLoopbackRequest(headers: { get(name: string): string | null }): boolean {
  const host = headers.get('host') ?? '';
  if (!loopback.test(host)) return false;
  const origin = headers.get('origin');
  return origin === null || origin === `http://${host}`;
}
