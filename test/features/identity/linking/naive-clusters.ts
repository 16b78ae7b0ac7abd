/** The plainest reading of "who reaches whom": labels are spread until none changes. Knows nothing of the code it checks. */
export function naiveClusters(
  accounts: readonly string[],
  edges: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const label = new Map(accounts.map((account) => [account, account]))
  for (let moved = true; moved; ) {
    moved = false
    for (const [a, b] of edges) {
      const [one, other] = [label.get(a) ?? a, label.get(b) ?? b]
      if (one === other) continue
      const [smaller = one] = [one, other].sort()
      label.set(a, smaller)
      label.set(b, smaller)
      moved = true
    }
  }
  return new Map(
    accounts.map((account) => [
      account,
      accounts.filter((other) => label.get(other) === label.get(account)).sort(),
    ]),
  )
}
