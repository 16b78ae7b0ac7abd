import type { House } from '../../src/compose.ts'
import { noticeFor, recordChoices, referenceTo } from '../../src/features/consent/index.ts'
import { parseEmailAddress, registerSubject, userHandleText } from '../../src/features/identity/index.ts'
import { declareAttributesWithin } from '../../src/features/profile/index.ts'
import type { Evidence } from '../../src/kernel/evidence.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { inParallel } from '../generator/circulation.ts'
import { makePasskey, type Passkey } from '../generator/passkey.ts'
import type { Person } from '../target.ts'
import { asked } from './seed-registry.ts'

const password = 'lluvia-fina-de-noviembre'
const evidence: Evidence = { channel: 'web', surface: 'bench', language: 'es' }

/** Records one answer of a person as the privacy centre would. Throws when it was not news. */
export async function answer(
  { ledger, names, registry, platform }: House,
  subjectId: SubjectId,
  given: Readonly<Partial<Record<(typeof asked)[number]['purpose'], 'yes' | 'no'>>>,
): Promise<void> {
  const choices = asked.flatMap((question) => {
    const said = given[question.purpose]
    const notice = noticeFor(registry.current(), question.purpose, 'es')
    if (said === undefined || notice === undefined) return []
    return [{ ...question, answer: said, notice: referenceTo(notice) }]
  })
  const { outcome } = await recordChoices(ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'password' },
    evidence,
    idempotencyKey: platform.entropy.id<'command'>(),
    controller: names.controller,
    brand: names.brand,
    choices,
  })
  if (outcome !== 'recorded') throw new Error(`the answer was ${outcome}`)
}

/** As if it had been made on a page: the ceremony is not what is measured here. */
async function givePasskey({ work, platform }: House, subjectId: SubjectId): Promise<Passkey> {
  const { clock, entropy } = platform
  const { publicKey, ...passkey } = makePasskey(userHandleText(subjectId))
  const at = clock.now()
  await work(async (tx) => {
    const added = await tx.passkeys.add({
      subjectId,
      passkeyId: entropy.id(),
      credentialId: Buffer.from(passkey.credentialId, 'base64url'),
      publicKey,
      counter: 0,
      transports: ['internal'],
      backupEligible: false,
      backedUp: false,
      aaguid: '00000000-0000-0000-0000-000000000000',
      name: 'Bench',
      createdAt: at,
      lastUsedAt: undefined,
    })
    if (!added) throw new Error('somebody has this passkey')
    await tx.audit.record({
      action: 'passkey.added',
      actor: { kind: 'system', name: 'bench' },
      at,
      subjectId,
    })
  })
  return passkey
}

/**
 * People with everything an account has: sealed attributes, a password, answers on record. All share one password, and
 * its hash is made once: ten milliseconds for each would be most of the bench.
 */
export async function seedPeople(
  house: House,
  count: number,
): Promise<{ readonly people: readonly Person[]; readonly subjects: readonly SubjectId[] }> {
  const { work, sealer, catalogue, platform } = house
  const { blindIndex, clock, entropy, hasher } = platform
  const passwordHash = await hasher.hash(password)
  const addresses = Array.from({ length: count }, (_, number) => `person-${number}@correo.example`)
  const seeded = await inParallel(addresses, 4, async (email, number) => {
    const address = parseEmailAddress(email)
    if (address === undefined) throw new Error(`${email} is no address`)
    const subjectId = await registerSubject(
      { work, sealer, blindIndex, clock, entropy },
      {
        email: address,
        emailProvenAt: clock.now(),
        language: 'es',
        jurisdiction: 'ES',
        passwordHash,
        evidence,
      },
      (tx, registered) =>
        declareAttributesWithin({ catalogue, sealer, clock, entropy }, tx, {
          subjectId: registered,
          declarations: [
            { attributeId: 'first_name', value: 'Ana' },
            { attributeId: 'last_name', value: 'Ibarra' },
            { attributeId: 'birth_date', value: '1990-05-01' },
          ],
          provenance: 'declared',
          source: 'bench',
          actor: { kind: 'subject', subjectId: registered, assurance: 'password' },
          evidence,
        }),
    )
    await answer(house, subjectId, { 'marketing.direct': 'yes', 'personalisation.onsite': 'yes' })
    const person = { email, password }
    if (number % 2 === 0) return { subjectId, person }
    return { subjectId, person: { ...person, passkey: await givePasskey(house, subjectId) } }
  })
  return { people: seeded.map(({ person }) => person), subjects: seeded.map(({ subjectId }) => subjectId) }
}
