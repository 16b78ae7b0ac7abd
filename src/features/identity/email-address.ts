import { domainToASCII } from 'node:url'

declare const brand: unique symbol
/** An addr-spec we accept, as the person wrote its local part, with the domain in lower-case ASCII. */
export type EmailAddress = string & { readonly [brand]: 'email' }

/*
 * Stricter than RFC 5322 on purpose (R119): dot-atom local part only, so no quoting, comments, groups, source routes or
 * control characters, which is where nine mail parsers were made to disagree about the recipient in 2026. ASCII only in
 * the local part: mailers rewrite the domain of others (RFC 6531), and then the envelope is not what we stored.
 */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domainAsTyped = /^[\p{L}\p{M}\p{N}.-]+$/u
const domainInAscii = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/

/** RFC 5321, 4.5.3.1. */
const longest = { typed: 320, local: 64, address: 254 }

/** Takes in an address as typed: surrounding spaces go, the domain becomes UTS-46 ASCII; undefined when not acceptable. */
export function parseEmailAddress(text: string): EmailAddress | undefined {
  if (text.length > longest.typed) return undefined
  const typed = text.trim().normalize('NFC')
  const at = typed.lastIndexOf('@')
  const local = typed.slice(0, Math.max(at, 0))
  const domain = typed.slice(at + 1)
  if (local.length > longest.local || !localPart.test(local) || !domainAsTyped.test(domain)) return undefined
  const ascii = domainToASCII(domain).toLowerCase()
  if (!domainInAscii.test(ascii)) return undefined
  const address = `${local}@${ascii}`
  return address.length > longest.address ? undefined : (address as EmailAddress)
}

/**
 * The form two spellings of one mailbox share, for the blind index only. No provider we know tells mailboxes apart by
 * case, and people do not remember how they typed it; dots and `+tags` stay, they may be different people.
 */
export const canonicalEmailAddress = (address: EmailAddress): string => address.toLowerCase()

/** `a•••@e•••.com`: enough for its owner to recognise, not enough for others to learn. Always three dots. */
export function maskEmailAddress(address: EmailAddress): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const lastDot = domain.lastIndexOf('.')
  return `${address.slice(0, 1)}•••@${domain.slice(0, 1)}•••${domain.slice(lastDot)}`
}
