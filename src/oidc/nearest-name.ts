/** Edits that lead from one name to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [down, letter] of [...from].entries()) {
    const next = [down + 1]
    for (const [across, other] of [...to].entries()) {
      const kept = (row[across] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(kept, (row[across + 1] ?? 0) + 1, (next[across] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

/** The known name that was probably meant; undefined when none is near enough to be more than a guess. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  const ranked = known
    .map((one) => ({ one, far: distance(plain(name), plain(one)) }))
    .sort((a, b) => a.far - b.far)
  const [best] = ranked
  return best !== undefined && best.far <= Math.max(2, Math.floor(name.length / 4)) ? best.one : undefined
}
