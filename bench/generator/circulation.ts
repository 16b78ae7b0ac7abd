/** A thing in somebody's hands, who may put another in its place. */
export interface Held<Thing> {
  thing: Thing
}

/**
 * Things that one operation takes, uses and puts back, possibly changed: sessions, refresh tokens. Whoever comes while all
 * are out waits, and is timed while waiting.
 */
export class Circulation<Thing> {
  readonly #free: Held<Thing>[]
  readonly #waiting: ((held: Held<Thing>) => void)[] = []

  constructor(things: readonly Thing[]) {
    this.#free = things.map((thing) => ({ thing }))
  }

  async with(use: (held: Held<Thing>) => Promise<void>): Promise<void> {
    const held =
      this.#free.shift() ?? (await new Promise<Held<Thing>>((resolve) => this.#waiting.push(resolve)))
    try {
      await use(held)
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free.push(held)
      else next(held)
    }
  }
}

/** A few at a time: preparations must not be turned away as an attack, nor take as long as one after the other. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  make: (item: Item, at: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  let next = 0
  const hand = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item !== undefined) results[at] = await make(item, at)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  return results
}
