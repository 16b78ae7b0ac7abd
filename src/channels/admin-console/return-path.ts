const home = '/staff'
const consoles = [home, '/dpo']
/** A telephone opens it with the caller's number in it, which belongs in no second address: those stay in histories and logs. */
const screenPop = `${home}/calls/pop`

/** Where to go after the sign-in: a path of the consoles, parsed the way browsers parse it (R113), or the home page. */
export function returnPath(to: string | undefined): string {
  if (to === undefined || !URL.canParse(to, 'http://here')) return home
  const { origin, pathname, search } = new URL(to, 'http://here')
  const within = consoles.some((one) => pathname === one || pathname.startsWith(`${one}/`))
  const ours = origin === 'http://here' && within
  if (ours && pathname === screenPop) return `${home}/calls`
  return ours && !pathname.startsWith(`${home}/sign-in`) ? `${pathname}${search}` : home
}

/** `code` is what the page missed: whoever was only away for a while is told so. */
export const staffSignInLocation = (returnTo: string, code?: string): string => {
  const to = returnPath(returnTo)
  const query = new URLSearchParams({
    ...(to === home ? {} : { to }),
    ...(code === 'staff-session-idle' ? { done: 'locked' } : {}),
  }).toString()
  return query === '' ? `${home}/sign-in` : `${home}/sign-in?${query}`
}
