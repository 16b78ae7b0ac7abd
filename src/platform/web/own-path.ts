const longest = 2_048
const elsewhere = 'http://own.invalid'

/** What browsers drop or turn into a slash before they read an address, and with it turn a path into a host. */
const treacherous = /[\p{Cc}\\]/u
/** The same, still escaped: a proxy on the way may undo the escape. */
const escapedTreachery = /%(?:0[0-9a-f]|1[0-9a-f]|7f|5c)|^\/(?:%2f)/i

/**
 * The path, query and fragment of an address within our own origin, parsed the way browsers parse it (R113); undefined
 * for anything that could lead elsewhere: `//host`, `/\host`, `/..//host`, control characters, another scheme. An
 * absolute address is only accepted when `origin` says which one is ours.
 */
export function ownPath(to: string | undefined, origin?: string): string | undefined {
  if (to === undefined || to.length > longest || treacherous.test(to)) return undefined
  const isPath = to.startsWith('/') && !to.startsWith('//')
  if (!isPath && (origin === undefined || !to.startsWith(`${origin}/`))) return undefined
  const base = origin ?? elsewhere
  if (!URL.canParse(to, base)) return undefined
  const { origin: reached, pathname, search, hash } = new URL(to, base)
  if (reached !== base || pathname.startsWith('//') || escapedTreachery.test(pathname)) return undefined
  return `${pathname}${search}${hash}`
}
