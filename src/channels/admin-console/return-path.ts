const home = '/staff'
const consoles = [home, '/dpo']

/** Where to go after the sign-in: a path of the consoles, parsed the way browsers parse it (R113), or the home page. */
export function returnPath(to: string | undefined): string {
  if (to === undefined || !URL.canParse(to, 'http://here')) return home
  const { origin, pathname, search } = new URL(to, 'http://here')
  const within = consoles.some((one) => pathname === one || pathname.startsWith(`${one}/`))
  const ours = origin === 'http://here' && within
  return ours && !pathname.startsWith(`${home}/sign-in`) ? `${pathname}${search}` : home
}

export const staffSignInLocation = (returnTo: string): string => {
  const to = returnPath(returnTo)
  return to === home ? `${home}/sign-in` : `${home}/sign-in?to=${encodeURIComponent(to)}`
}
