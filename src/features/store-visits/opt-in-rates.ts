/** How many people answered in one store, in a span of time, and how many of them said yes to anything. */
export interface StoreAnswers {
  readonly touchpointId: string
  readonly people: number
  readonly yes: number
}

/** `above-others`: far more often yes than elsewhere. `nearly-everybody`: whatever is usual, people do not all say yes. */
export type RateFinding = 'above-others' | 'nearly-everybody'

/**
 * What may be said of a store. Of fewer people than `smallestShown` nothing is: what each of them said could be told from
 * a rate (small-count suppression). People are counted and not answers: one person is asked about several purposes and
 * contact channels, so that twenty answers may be those of two.
 */
export type StoreRate =
  | { readonly touchpointId: string; readonly shown: false }
  | {
      readonly touchpointId: string
      readonly shown: true
      readonly yes: number
      readonly people: number
      readonly rate: number
      /** Within which the store's own rate lies, all but certainly. */
      readonly between: readonly [low: number, high: number]
      /** Of all other stores together; undefined where they are too few to compare with. */
      readonly elsewhere: number | undefined
      readonly finding: RateFinding | undefined
    }

export const smallestShown = 20

/** Fewer people are never judged, whatever they say. */
export const fewestJudged = 40

/** What the other stores must have together before one is compared with them. */
export const fewestElsewhere = 100

/** 99.9 % to both sides: an alarm about people at work must not be the luck of a week. */
const z = 3.29

/** So much apart that it matters, and not only is measurable in a store with many people. */
const farApart = 0.15

/** Where people answer freely, one in fifty and more says no. */
const nearlyAll = 0.98

/**
 * The Wilson score interval: right also near 0 and 1 and with few people, where the usual one claims to be certain
 * (Wilson 1927; Brown, Cai, DasGupta 2001). Without anybody it is everything from 0 to 1.
 */
export function wilson(yes: number, people: number, quantile = z): readonly [low: number, high: number] {
  if (people === 0) return [0, 1]
  const square = quantile * quantile
  const rate = yes / people
  const centre = rate + square / (2 * people)
  const margin = quantile * Math.sqrt((rate * (1 - rate) + square / (4 * people)) / people)
  const whole = 1 + square / people
  // Rounding may put an end a hair's breadth on the wrong side of the rate itself.
  return [
    Math.max(0, Math.min(rate, (centre - margin) / whole)),
    Math.min(1, Math.max(rate, (centre + margin) / whole)),
  ]
}

/**
 * Compares each store with all others together. A store is implausible where the least that its rate can be is far above the
 * most that theirs can be, or where nearly everybody said yes. It is a reason to ask how people are asked, and no
 * finding about anybody. Too low a rate harms nobody. Pure.
 */
export function storeRates(stores: readonly StoreAnswers[]): readonly StoreRate[] {
  const sum = (all: readonly StoreAnswers[]) =>
    all.reduce((total, one) => ({ yes: total.yes + one.yes, people: total.people + one.people }), {
      yes: 0,
      people: 0,
    })
  const house = sum(stores)
  return stores.map(({ touchpointId, people, yes }): StoreRate => {
    if (people < smallestShown) return { touchpointId, shown: false }
    const others = { yes: house.yes - yes, people: house.people - people }
    const comparable = others.people >= fewestElsewhere
    const between = wilson(yes, people)
    const rate = yes / people
    const judged = people >= fewestJudged
    const above = comparable && between[0] > wilson(others.yes, others.people)[1] + farApart
    return {
      touchpointId,
      shown: true,
      yes,
      people,
      rate,
      between,
      elsewhere: comparable ? others.yes / others.people : undefined,
      finding:
        judged && above ? 'above-others' : judged && rate >= nearlyAll ? 'nearly-everybody' : undefined,
    }
  })
}
