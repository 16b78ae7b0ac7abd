import ipaddr from 'ipaddr.js'

/** All of the IPv6 space that is assigned to the public internet (RFC 4291); mapped and translated forms lie outside. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is somewhere on the public internet. It names what is allowed, not what is forbidden: loopback,
 * private, link-local (with the cloud's metadata at 169.254.169.254), multicast, carrier NAT, documentation, IPv4-mapped,
 * NAT64, 6to4, Teredo and whatever is invented next are all simply not that.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || address.match(globalUnicast)
}
