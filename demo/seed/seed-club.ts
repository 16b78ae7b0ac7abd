import type { House } from '../../src/compose.ts'
import {
  emailIndex,
  identifierPlace,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
} from '../../src/features/identity/index.ts'
import { declareAttributesWithin, putAttribute } from '../../src/features/profile/index.ts'
import { registerRecipient } from '../../src/features/recipients/index.ts'
import { cardOf, issueLoyaltyCard } from '../../src/features/store-visits/index.ts'
import type { Evidence } from '../../src/kernel/evidence.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { cardHolders, club, clubAttributes } from './club.ts'
import { people } from './people.ts'
import { recipients } from './recipients.ts'
import { seeder, seedPurposes } from './seed-registry.ts'

export interface CardHolder {
  readonly phone: string
  readonly card: string
}

const atTheShop: Evidence = { channel: 'store', surface: 'demo-seed', language: 'es' }

/** Attributes and purpose of the club; the shop's own system, whose tills ask, is registered for it. Before anybody's data. */
export async function seedClub(house: House): Promise<void> {
  const { consoleWork, platform, registry } = house
  for (const attribute of clubAttributes) await putAttribute(platform.lanes.console, attribute)
  await seedPurposes(house, [club])
  const shop = recipients.find(({ recipientId }) => club.draft.recipients.includes(recipientId))
  const registered = shop && registry.current().systems.get(shop.recipientId)
  if (shop === undefined || registered?.purposes.includes(club.draft.id)) return
  await registerRecipient(
    { work: consoleWork, clock: platform.clock },
    { actor: seeder, recipient: { ...shop, purposes: [...shop.purposes, club.draft.id] } },
  )
  await registry.refresh()
}

/** A number that was proven before the demo began, and what the shop wrote down about their visits. */
async function giveNumberAndPoints(
  { work, sealer, platform, catalogue }: House,
  subjectId: SubjectId,
  { phone, points, tier }: (typeof cardHolders)[keyof typeof cardHolders],
): Promise<void> {
  const { blindIndex, clock, entropy } = platform
  const number = parsePhoneNumber(phone)
  if (number === undefined) throw new Error(`${phone} is not a number`)
  const identifierId = entropy.id<'identifier'>()
  const sealedValue = await sealer.sealText(subjectId, identifierPlace(identifierId), number)
  await work(async (tx) => {
    const at = clock.now()
    const owner = { kind: 'phone', subjectId, identifierId } as const
    if (!(await tx.identifiers.claim(phoneIndex(blindIndex, number), owner))) return
    await tx.identifiers.insert({ ...owner, sealedValue, verifiedAt: at, createdAt: at })
    await tx.audit.record({ action: 'demo.number-given', actor: seeder, at, subjectId, evidence: atTheShop })
    await declareAttributesWithin({ catalogue, sealer, clock, entropy }, tx, {
      subjectId,
      declarations: [
        { attributeId: 'loyalty_points', value: points },
        { attributeId: 'loyalty_tier', value: tier },
      ],
      provenance: 'issued',
      source: 'store',
      actor: seeder,
      evidence: atTheShop,
    })
  })
}

/** Who of the demo's people has a card. Answers with what is printed on each, by the person's key. */
export async function seedCards(house: House): Promise<ReadonlyMap<string, CardHolder>> {
  const { work, reads, sealer, platform } = house
  const { blindIndex, clock, entropy } = platform
  const holders = new Map<string, CardHolder>()
  for (const { key, email } of people) {
    const held = Object.entries(cardHolders).find(([holder]) => holder === key)?.[1]
    const address = parseEmailAddress(email)
    const subjectId =
      held && address && (await reads.identifiers.findSubject(emailIndex(blindIndex, address)))
    if (held === undefined || subjectId === undefined) continue
    let card = await cardOf({ reads, sealer }, subjectId)
    if (card === undefined) {
      card = await issueLoyaltyCard(
        { work, reads, sealer, blindIndex, clock, entropy },
        { subjectId, actor: seeder, evidence: atTheShop },
      )
      await giveNumberAndPoints(house, subjectId, held)
    }
    holders.set(key, { card, phone: held.phone })
  }
  return holders
}
