const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds. Each is an upper bound somebody relies on; see the requirement beside it. */
export const lifetimes = {
  /** R6. */
  code: minute,
  /** R26. */
  accessToken: 10 * minute,
  /** R26; shorter, because a JWT outlives a withdrawal. */
  jwtAccessToken: 5 * minute,
  idToken: 10 * minute,
  clientCredentials: 10 * minute,
  interaction: 30 * minute,
  /** R25: idle and absolute end of a chain of refresh tokens. */
  refreshIdle: 30 * day,
  refreshAbsolute: 180 * day,
  /** R33: idle and absolute end of a session; a session nobody is signed in to is a form's state at most. */
  sessionIdle: 14 * day,
  sessionTransient: 12 * hour,
  sessionAbsolute: 90 * day,
  sessionAnonymous: hour,
  /** A grant's end is fixed when it is made and never moves, so it must outlast the longest chain that hangs on it. */
  grant: 400 * day,
  /** A session's end is only written when it moved by this much. */
  touchEvery: hour,
} as const

/** Idle time, cut so that the whole never lasts longer than the absolute one. At least a second: the engine wants that. */
export const until = (idle: number, absolute: number, startedAt: number | undefined, now: number): number =>
  Math.max(1, startedAt === undefined ? idle : Math.min(idle, startedAt + absolute - now))
