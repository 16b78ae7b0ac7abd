import type { ConsoleMenu } from '../page-context.ts'

const rooms = [
  ['/staff', 'consoleMenu.home'],
  ['/dpo/purposes', 'purposes.menu'],
  ['/dpo/campaigns', 'campaigns.menu'],
  ['/dpo/people', 'consoleMenu.people'],
  ['/staff/proof', 'consoleMenu.proof'],
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
