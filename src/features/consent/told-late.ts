import type { Facts } from './facts.ts'
import type { PublishedNotice, PublishedRegistry, PurposeVersion } from './published.ts'

/** When an act that is told late counts; see `countedTime`. */
export interface ActInstants {
  readonly yesAt: Date
  readonly noAt: Date
}

/** What had been said by then: whether a no takes something back is judged by what stood before it. */
export const asOfAct = (facts: Facts, at: number): Facts => ({
  ...facts,
  events: facts.events.filter(({ occurredAt }) => occurredAt <= at),
})

/**
 * Whether a wording that has been replaced was the one in force when it was answered, of the version of the purpose that
 * still is: a yes to it is a yes to what we do today, in older words. One to a former version has to be asked again.
 */
export function heldGoodThen(
  shown: PublishedNotice,
  { version }: Pick<PurposeVersion, 'version'>,
  { notices }: Pick<PublishedRegistry, 'notices'>,
  { yesAt, noAt }: ActInstants,
): boolean {
  const replaced = notices.some(
    (other) =>
      other.purpose === shown.purpose &&
      other.purposeVersion === shown.purposeVersion &&
      other.language === shown.language &&
      other.surface === shown.surface &&
      other.version > shown.version &&
      other.publishedAt <= yesAt.getTime(),
  )
  return shown.purposeVersion === version && shown.publishedAt <= noAt.getTime() && !replaced
}
