import type { ConsentEvent } from './consent-event.ts'
import type { Standing } from './fold.ts'
import type { PermissionKey } from './permission-key.ts'
import { touches } from './permission-key.ts'
import type { Purpose } from './purpose.ts'
import type { Watch } from './valid-until.ts'

/**
 * The latest objection that stands against the key, undefined if none does. A recorded decision on compelling grounds
 * ends an objection by Art. 21(1); nothing ends one against marketing but the person (Art. 21(3)). At the same instant
 * the objection stands.
 */
export function standingObjection(
  events: readonly ConsentEvent[],
  key: PermissionKey,
  purpose: Purpose,
  watch: Watch,
): ConsentEvent | undefined {
  let objection: ConsentEvent | undefined
  let overridden: ConsentEvent | undefined
  for (const event of events) {
    if (event.type === 'objected') {
      if ((objection === undefined || isLater(event, objection)) && touches(event, key)) objection = event
    } else if (event.type === 'objection_overridden' && purpose.class !== 'marketing') {
      if (!touches(event, key) || !watch.reached(event.occurredAt)) continue
      if (overridden === undefined || event.occurredAt > overridden.occurredAt) overridden = event
    }
  }
  if (objection === undefined) return undefined
  return overridden !== undefined && overridden.occurredAt > objection.occurredAt ? undefined : objection
}

/** Of two at the same instant the id decides, so that the order of arrival does not. */
const isLater = (a: ConsentEvent, b: ConsentEvent): boolean =>
  a.occurredAt === b.occurredAt ? a.id > b.id : a.occurredAt > b.occurredAt

/** True when the person later said yes to this very purpose on this very contact channel: it reopens that key alone. */
export const isAnswered = (objection: ConsentEvent, { named }: Standing): boolean =>
  named !== undefined && named.occurredAt > objection.occurredAt
