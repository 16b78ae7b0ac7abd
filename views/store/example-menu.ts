import type { ConsoleMenu } from '../page-context.ts'

const rooms = [
  ['/staff', 'consoleMenu.home'],
  ['/staff/store', 'store.menu'],
] as const

/** The menu of a shop's staff. */
export const exampleStoreMenu = (here: string): ConsoleMenu => ({
  items: rooms.map(([href, words]) => ({
    href,
    words,
    ...(href === here ? { current: 'true' as const } : {}),
  })),
  signOutAction: '/staff/sign-out',
})
