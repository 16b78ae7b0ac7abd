import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { invalid, notFound } from '../../../kernel/errors.ts'
import type { Work } from '../../../kernel/work.ts'
import { decidedIn, mustBeOfficer, type OfficersDecision } from '../officer.ts'
import type { ProductFamilyStores } from './product-family-store.ts'

const shape = /^[a-z0-9][a-z0-9_-]{0,39}$/

export interface ChangeProductFamily {
  readonly actor: Actor
  readonly decision?: OfficersDecision
  readonly family: string
  /** On removing: all of them, if left out. */
  readonly categories?: readonly string[]
}

/**
 * What counts as a similar product decides whom advertising reaches without their consent (LSSI 21.2), so it is the officer
 * who says it. Kept permissions are decided again, as after any change of the registry. Answers with what has changed.
 */
export async function changeProductFamily(
  { work, clock }: { readonly work: Work<ProductFamilyStores>; readonly clock: Clock },
  what: 'add' | 'remove',
  command: ChangeProductFamily,
): Promise<readonly string[]> {
  mustBeOfficer(command)
  const { actor, family, categories } = command
  const wrong = [family, ...(categories ?? [])].filter((name) => !shape.test(name))
  if (wrong.length > 0) {
    const why = `${wrong.join(', ')}: a name has lower case letters, digits, hyphens and underscores, at most 40.`
    throw invalid('product-family-name', why)
  }
  const decided = decidedIn(command.decision)
  return work(async ({ productFamilies, audit }) => {
    const at = clock.now()
    const changed =
      what === 'add'
        ? await productFamilies.add(family, [...new Set(categories)], at)
        : await productFamilies.remove(family, categories, at)
    if (what === 'remove' && changed.length === 0) {
      throw notFound('product-family-unknown', `There is nothing of this in the family ${family}.`)
    }
    await audit.record({
      action: what === 'add' ? 'consent.product-family-extended' : 'consent.product-family-reduced',
      actor,
      at,
      about: `product-family:${family}`,
      ...decided.reason,
      facts: { categories: changed, ...decided.facts },
    })
    return changed
  })
}
