export interface WayOut {
  /** Exact origins that are exempt. */
  readonly exempt: ReadonlySet<string>
  readonly ports: readonly number[]
}

/** Where https is served to the public; an unusual port is more likely somebody's back office. */
export const usualPorts: readonly number[] = [443, 8443]

/**
 * Why this address will never be fetched, whoever answers there; undefined when it may be. The start of the house asks too,
 * so that an address out of the configuration is refused in front of whoever wrote it, not at each try from then on.
 */
export function whyNotAllowed(url: URL, { exempt, ports }: WayOut): string | undefined {
  if (url.username !== '' || url.password !== '') return 'credentials in a URL are not sent'
  if (exempt.has(url.origin)) return undefined
  if (url.protocol !== 'https:') return 'only https is allowed'
  if (!ports.includes(url.port === '' ? 443 : Number(url.port))) return 'the port is not allowed'
  return undefined
}
