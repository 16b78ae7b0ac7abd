import ipaddr from 'ipaddr.js'

/**
 * What one customer of a network provider is, for counting: an IPv4 address, or an IPv6 /64, within which a single
 * machine has more addresses than any counter could hold.
 */
export function networkKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${ipaddr.fromByteArray([...parsed.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).toString()}/64`
}
