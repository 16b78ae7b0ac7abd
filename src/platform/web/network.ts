import ipaddr from 'ipaddr.js'

/** An address cut to its network, /24 or /48: enough for limits and evidence, not enough to point at a household. */
export function cutAddress(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return `${parsed.toString().split('.').slice(0, 3).join('.')}.0/24`
  const parts = parsed.toNormalizedString().split(':')
  return `${parts.slice(0, 3).join(':')}::/48`
}

/** Some proxies write the port beside the address; it is no part of it. */
const withoutPort = (hop: string): string =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)?.[1] ?? hop

/**
 * The address of whoever called: the peer, or what a listed proxy says of it (R114). Read from the right, since each proxy
 * appends the peer it saw and everything further left is whatever the caller liked to send.
 */
export function callerAddress(
  peer: string | undefined,
  forwardedFor: string,
  trustedProxies: readonly string[],
): string | undefined {
  if (!isTrustedProxy(peer, trustedProxies)) return peer
  const hops = forwardedFor
    .split(',')
    .map((hop) => withoutPort(hop.trim()))
    .filter((hop) => hop !== '')
  return hops.reverse().find((hop) => !isTrustedProxy(hop, trustedProxies)) ?? peer
}

/** Whether a peer is one of the proxies whose word about a caller we believe (R114). */
export function isTrustedProxy(address: string | undefined, trusted: readonly string[]): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false
  const peer = ipaddr.process(address)
  return trusted.some((entry) => {
    const [base, bits] = entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.parse(entry), undefined]
    if (base.kind() !== peer.kind()) return false
    return bits === undefined ? peer.toString() === base.toString() : peer.match(base, bits)
  })
}
