const minute = 60
const day = 24 * 60 * minute
const freeTries = 10
const hardCap = 100
const forever = 100 * 365 * day

/**
 * Seconds a password is locked after the n-th failure in a row (index n): nine are free, the tenth costs a quarter of an
 * hour, each further one twice as much up to a day, and the hundredth ends it until the password is set anew (R64, R65).
 * Only passwords are locked: a passkey or a code still opens the account (R66).
 */
export const lockSeconds: readonly number[] = Array.from({ length: hardCap + 1 }, (_, failures) => {
  if (failures < freeTries) return 0
  if (failures >= hardCap) return forever
  return Math.min(day, 15 * minute * 2 ** (failures - freeTries))
})
