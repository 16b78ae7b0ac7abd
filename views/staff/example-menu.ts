import type { ConsoleMenu } from '../page-context.ts'

const rooms = [
  ['/staff', 'consoleMenu.home'],
  ['/dpo/purposes', 'purposes.menu'],
  ['/dpo/campaigns', 'campaigns.menu'],
  ['/dpo/requests', 'inbox.menu'],
  ['/dpo/people', 'consoleMenu.people'],
  ['/dpo/stores', 'dpoStores.menu'],
  ['/staff/proof', 'consoleMenu.proof'],
  ['/staff/calls/live', 'calls.live.menu'],
] as const

/** The menu of a data protection officer, standing under one of its rooms. */
export const exampleMenu = (here: string): ConsoleMenu => ({
  items: rooms.map(([href, words]) => ({
    href,
    words,
    ...(href === here ? { current: 'true' as const } : {}),
  })),
  signOutAction: '/staff/sign-out',
})
