import type { ConsoleMenu, MessageKey } from '../../views/page.tsx'
import { type Power, powersOf } from '../features/staff/index.ts'
import type { Actor } from '../kernel/actor.ts'

/** A page of the consoles that stands in their menu. */
export interface ConsoleEntry {
  /** Of the route it leads to. */
  readonly name: string
  readonly href: string
  /** In a word, for the menu. */
  readonly words: MessageKey
  /** For the first page: its name, and what one finds there. */
  readonly told?: { readonly title: MessageKey; readonly about: MessageKey }
  /** The route's own power: a menu shows nothing that would then be refused. */
  readonly power: Power
}

/** One list for all consoles, in the order in which it is read. A page of a console adds its line here. */
export const consoleEntries: readonly ConsoleEntry[] = [
  { name: 'staff.home', href: '/staff', words: 'consoleMenu.home', power: 'own-account.view' },
  {
    name: 'dpo.purposes',
    href: '/dpo/purposes',
    words: 'purposes.menu',
    told: { title: 'purposes.title', about: 'purposes.menuAbout' },
    power: 'purpose.change',
  },
  {
    name: 'dpo.campaigns',
    href: '/dpo/campaigns',
    words: 'campaigns.menu',
    told: { title: 'campaigns.title', about: 'campaigns.menuAbout' },
    power: 'purpose.change',
  },
  {
    name: 'dpo.requests',
    href: '/dpo/requests',
    words: 'inbox.menu',
    told: { title: 'inbox.title', about: 'inbox.menuAbout' },
    power: 'request.answer',
  },
  {
    name: 'dpo.people',
    href: '/dpo/people',
    words: 'consoleMenu.people',
    told: { title: 'consoleMenu.people', about: 'consoleMenu.peopleAbout' },
    power: 'evidence.read',
  },
  {
    name: 'dpo.stores',
    href: '/dpo/stores',
    words: 'dpoStores.menu',
    told: { title: 'dpoStores.title', about: 'dpoStores.menuAbout' },
    power: 'evidence.read',
  },
  {
    name: 'staff.proof',
    href: '/staff/proof',
    words: 'consoleMenu.proof',
    told: { title: 'proof.home', about: 'proof.homeAbout' },
    power: 'evidence.read',
  },
  {
    name: 'calls.desk',
    href: '/staff/calls',
    words: 'calls.menu',
    told: { title: 'calls.title', about: 'calls.menuAbout' },
    power: 'caller.look-up',
  },
  {
    name: 'calls.live',
    href: '/staff/calls/live',
    words: 'calls.live.menu',
    told: { title: 'calls.live.title', about: 'calls.live.lead' },
    power: 'caller.supervise',
  },
  {
    name: 'store.home',
    href: '/staff/store',
    words: 'store.menu',
    told: { title: 'store.title', about: 'store.about' },
    power: 'customer.assist',
  },
  {
    name: 'staff.touchpoints',
    href: '/staff/touchpoints',
    words: 'touchpoint.home',
    told: { title: 'touchpoint.home', about: 'touchpoint.homeAbout' },
    power: 'touchpoint.list',
  },
]

/** What this member of staff may open; nothing for anybody else. */
export function entriesFor(actor: Actor | undefined): readonly ConsoleEntry[] {
  if (actor?.kind !== 'staff') return []
  const powers = powersOf(actor.roles)
  return consoleEntries.filter(({ power }) => powers.includes(power))
}

/** The menu above a page, with the entry it stands under marked; undefined where nobody has signed in. */
export function menuFor(actor: Actor | undefined, path: string): ConsoleMenu | undefined {
  const entries = entriesFor(actor)
  if (entries.length === 0) return undefined
  const here = entries.findLast(({ href }) => path === href || path.startsWith(`${href}/`))
  return {
    items: entries.map(({ href, words }) => ({
      href,
      words,
      ...(href !== here?.href ? {} : { current: path === href ? ('page' as const) : ('true' as const) }),
    })),
    signOutAction: '/staff/sign-out',
  }
}
