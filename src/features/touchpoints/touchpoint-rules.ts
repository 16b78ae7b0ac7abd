import ipaddr from 'ipaddr.js'
import { type FieldIssue, invalid } from '../../kernel/errors.ts'
import { type Touchpoint, type TouchpointKind, touchpointKinds } from './touchpoint.ts'

/** What can be said of a touchpoint as it is registered; whether it is open comes later. */
export type TouchpointDraft = Omit<Touchpoint, 'state'>

const idShape = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])$/

/** No kind lies within its own or within one after it, so that no chain of parents can run in a circle. */
const rank = (kind: TouchpointKind): number => (kind === 'desk' ? 3 : touchpointKinds.indexOf(kind))

/**
 * A small house has stores without regions, and a call centre has desks without a store; a terminal always stands in a
 * store, whose networks it inherits and whose manager answers for it.
 */
export function mayLieIn(kind: TouchpointKind, parent: TouchpointKind | undefined): boolean {
  if (parent === undefined) return kind === 'brand'
  if (kind === 'terminal') return parent === 'store'
  return rank(parent) < rank(kind)
}

function isRange(text: string): boolean {
  if (!ipaddr.isValidCIDR(text)) return false
  const [base] = ipaddr.parseCIDR(text)
  // `::ffff:10.0.0.0/104` would match nobody, since addresses arrive as the IPv4 they are.
  return !(base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress())
}

/** A range in its canonical writing: `10.1.2.3/8` and `10.0.0.0/8` are one. */
function canonicalRange(text: string): string {
  const [base, bits] = ipaddr.parseCIDR(text)
  const network =
    base.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text)
  return `${network.toString()}/${bits}`
}

const isShown = (text: string) => text !== '' && text.length <= 100 && !/\p{Cc}/u.test(text)

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false
  return new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(code) !== undefined
}

/** Whether an address of one of the ranges called; `address` may be an IPv6 /64, as callers are counted by. */
export function isWithin(ranges: readonly string[], address: string): boolean {
  const bare = address.split('/', 1)[0] ?? ''
  if (!ipaddr.isValid(bare)) return false
  const caller = ipaddr.process(bare)
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range)
    return base.kind() === caller.kind() && caller.match(base, bits)
  })
}

/** Throws `touchpoint-invalid` with an issue for each thing that is wrong; answers it with its texts in one writing. */
export function parseTouchpoint(draft: TouchpointDraft): TouchpointDraft {
  const issues: FieldIssue[] = []
  const name = draft.name.normalize('NFC').trim()
  const city = draft.city?.normalize('NFC').trim()
  const country = draft.country?.trim().toUpperCase()
  if (!idShape.test(draft.id)) issues.push({ field: 'id', code: 'touchpoint.id-shape' })
  if (!isShown(name)) issues.push({ field: 'name', code: 'name.shape' })
  if (city !== undefined && !isShown(city)) issues.push({ field: 'city', code: 'touchpoint.city-shape' })
  if (country !== undefined && !isCountry(country)) {
    issues.push({ field: 'country', code: 'touchpoint.country-unknown' })
  }
  if (draft.networks.length > 50 || !draft.networks.every(isRange)) {
    issues.push({ field: 'networks', code: 'touchpoint.network-shape' })
  }
  if (issues.length > 0)
    throw invalid('touchpoint-invalid', 'The touchpoint is not acceptable like this.', issues)
  return {
    id: draft.id,
    kind: draft.kind,
    name,
    networks: [...new Set(draft.networks.map(canonicalRange))],
    ...(draft.parent === undefined ? {} : { parent: draft.parent }),
    ...(city === undefined ? {} : { city }),
    ...(country === undefined ? {} : { country }),
  }
}
