import {
  emailIndex,
  identifierPlace,
  loyaltyCardIndex,
  parseEmailAddress,
  parsePhoneNumber,
  phoneIndex,
} from '../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import type { TestApp } from '../../support/app.ts'

/** Gives somebody a loyalty card, and a number that they have proven to be theirs, or not. */
export async function giveCard(
  { house }: TestApp,
  email: string,
  { card, phone, proven = true }: { card: string; phone?: string; proven?: boolean },
): Promise<SubjectId> {
  const { blindIndex, clock, entropy } = house.platform
  const address = parseEmailAddress(email)
  const number = phone === undefined ? undefined : parsePhoneNumber(phone)
  if (address === undefined || (phone !== undefined && number === undefined))
    throw new Error(`${email} ${phone}`)
  const subjectId = await house.reads.identifiers.findSubject(emailIndex(blindIndex, address))
  if (subjectId === undefined) throw new Error(`nobody has ${email}`)
  const at = clock.now()
  await house.work(async ({ identifiers, audit }) => {
    const add = async (kind: 'loyalty_card' | 'phone', value: string, index: Uint8Array) => {
      const identifierId = entropy.id<'identifier'>()
      if (!(await identifiers.claim(index, { kind, subjectId, identifierId })))
        throw new Error(`${value} is taken`)
      await identifiers.insert({
        subjectId,
        identifierId,
        kind,
        sealedValue: await house.sealer.sealText(subjectId, identifierPlace(identifierId), value),
        verifiedAt: kind === 'phone' && !proven ? undefined : at,
        createdAt: at,
      })
    }
    await add('loyalty_card', card, loyaltyCardIndex(blindIndex, card))
    if (number !== undefined) await add('phone', number, phoneIndex(blindIndex, number))
    await audit.record({ action: 'test.card-given', actor: { kind: 'system', name: 'test' }, at, subjectId })
  })
  return subjectId
}
