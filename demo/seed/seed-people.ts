import type { House } from '../../src/compose.ts'
import { noticeFor, recordChoices, referenceTo } from '../../src/features/consent/index.ts'
import { parseEmailAddress, registerSubject } from '../../src/features/identity/index.ts'
import { declareAttributesWithin } from '../../src/features/profile/index.ts'
import { PlacetError } from '../../src/kernel/errors.ts'
import type { ContactChannel, Evidence } from '../../src/kernel/evidence.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { people, type SeedPerson } from './people.ts'

const evidence = (person: SeedPerson): Evidence => ({
  channel: 'web',
  surface: 'demo-seed',
  language: person.language,
})

/** What the person said, as their own act: pinned to the wording of their language, with events and a receipt. */
async function answer(
  { ledger, registry, names }: House,
  subjectId: SubjectId,
  person: SeedPerson,
): Promise<void> {
  const choices = Object.entries(person.answers).flatMap(([key, said]) => {
    const [purpose = '', contactChannel = 'none'] = key.split('/')
    const notice = noticeFor(registry.current(), purpose, person.language)
    if (notice === undefined) return []
    return [
      {
        purpose,
        contactChannel: contactChannel as ContactChannel,
        answer: said,
        notice: referenceTo(notice),
      },
    ]
  })
  if (choices.length === 0) return
  await recordChoices(ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'password' },
    evidence: evidence(person),
    idempotencyKey: `demo-seed-${person.key}`,
    controller: names.controller,
    brand: names.brand,
    choices,
  })
}

async function register(house: House, person: SeedPerson): Promise<SubjectId | undefined> {
  const { work, sealer, platform, catalogue, config } = house
  const { clock, entropy, blindIndex, hasher } = platform
  const email = parseEmailAddress(person.email)
  if (email === undefined) throw new Error(`${person.email} is not an address`)
  const declared = evidence(person)
  try {
    return await registerSubject(
      { work, sealer, blindIndex, clock, entropy },
      {
        email,
        emailProvenAt: clock.now(),
        language: person.language,
        jurisdiction: config.brand.country,
        passwordHash: await hasher.hash(person.password),
        evidence: declared,
      },
      (tx, subjectId) =>
        declareAttributesWithin({ catalogue, sealer, clock, entropy }, tx, {
          subjectId,
          declarations: [
            { attributeId: 'first_name', value: person.firstName },
            { attributeId: 'last_name', value: person.lastName },
            { attributeId: 'birth_date', value: person.birthDate },
          ],
          provenance: 'declared',
          source: 'web',
          actor: { kind: 'subject', subjectId, assurance: 'password' },
          evidence: declared,
        }),
    )
  } catch (error) {
    if (error instanceof PlacetError && error.code === 'identifier-taken') return undefined
    throw error
  }
}

/** People with accounts and answers, made through the same use cases as everybody's. Who is there already stays as they are. */
export async function seedPeople(house: House): Promise<void> {
  for (const person of people) {
    const subjectId = await register(house, person)
    if (subjectId !== undefined) await answer(house, subjectId, person)
  }
}
