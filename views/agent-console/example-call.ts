import { exampleNow, type Fixture } from '../fixture.ts'
import type { ConsoleMenu } from '../page-context.ts'
import type { CallHead } from './call-frame.tsx'

export const minutesAfter = (minutes: number): Date => new Date(exampleNow.getTime() + minutes * 60_000)

export const exampleHead: CallHead = {
  href: '/staff/calls/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11',
  reference: 'LL-4F7K2M',
  language: 'es',
  assurance: 'none',
  agentReference: 'A-7F3C21',
  openedAt: exampleNow,
  banners: [],
}

const menu: ConsoleMenu = {
  items: [
    { href: '/staff', words: 'consoleMenu.home' },
    { href: '/staff/calls', words: 'calls.menu', current: 'true' },
  ],
  signOutAction: '/staff/sign-out',
}

/** Each state of a page as an agent meets it: under the menu of their console. */
export function underCalls<Model>(
  states: Readonly<Record<string, Fixture<Model>>>,
): Readonly<Record<string, Fixture<Model>>> {
  return Object.fromEntries(
    Object.entries(states).map(([state, fixture]) => [
      state,
      { ...fixture, page: { menu, ...fixture.page } },
    ]),
  )
}
