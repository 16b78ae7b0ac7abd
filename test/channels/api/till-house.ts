import { people } from '../../../demo/seed/people.ts'
import { seeder } from '../../../demo/seed/seed-registry.ts'
import { draftPurpose, publishNotice, publishPurpose } from '../../../src/features/consent/index.ts'
import {
  attributeCatalogue,
  declareAttributesWithin,
  pgAttributeReads,
  putAttribute,
} from '../../../src/features/profile/index.ts'
import { issueLoyaltyCard } from '../../../src/features/store-visits/issue-loyalty-card.ts'
import { makeLoyaltyCode } from '../../../src/features/store-visits/loyalty-code.ts'
import { loyaltyKeyring } from '../../../src/features/store-visits/loyalty-keyring.ts'
import { registerTouchpoint, type TouchpointDraft } from '../../../src/features/touchpoints/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ApiHouse, startApiHouse } from './api-house.ts'

const club = 'loyalty.club'

/** Standing in the club: attributes of the house's own, in the name of a purpose that rests on a contract. */
async function openClub({ owner, app }: ApiHouse): Promise<void> {
  const { consoleWork: work, platform, registry } = app.house
  const shared = {
    sensitivity: 'personal',
    retention: 'P0D',
    reasons: { es: 'Tu club.', en: 'Your club.' },
  } as const
  for (const attribute of [
    {
      ...shared,
      attributeId: 'loyalty_points',
      claim: 'loyalty_points',
      position: 60,
      valueSchema: { type: 'integer', minimum: 0 },
      labels: { es: 'Puntos', en: 'Points' },
    },
    {
      ...shared,
      attributeId: 'loyalty_tier',
      claim: 'loyalty_tier',
      position: 70,
      valueSchema: { type: 'string', minLength: 1, maxLength: 20 },
      labels: { es: 'Nivel', en: 'Tier' },
    },
  ] as const) {
    await putAttribute(owner, attribute)
  }
  const parts = { work, clock: platform.clock }
  await registry.refresh()
  const version = await draftPurpose(parts, {
    actor: seeder,
    draft: {
      id: club,
      class: 'service',
      position: 5,
      bases: ['contract'],
      attributes: ['loyalty_points', 'loyalty_tier'],
      contactChannels: ['none'],
      recipients: ['tienda-norte-shop'],
      retention: { es: 'Mientras seas del club', en: 'As long as you are in the club' },
      howToStop: { es: 'Saliendo del club', en: 'By leaving the club' },
      dpv: 'https://w3id.org/dpv#ServiceProvision',
      change: 'material',
    },
  })
  for (const language of ['es', 'en'] as const) {
    await publishNotice(parts, {
      actor: seeder,
      notice: {
        id: 'loyalty-club',
        version: 1,
        language,
        purpose: club,
        purposeVersion: version,
        title: language === 'es' ? 'Club Norte' : 'Club Norte',
        summary: language === 'es' ? 'Contamos tus puntos.' : 'We count your points.',
        text:
          language === 'es'
            ? 'Comercial Norte, S. L. cuenta tus puntos y tu nivel para darte las ventajas del club. Es necesario para el contrato del club. Los conservamos mientras seas del club.'
            : 'Comercial Norte, S. L. counts your points and your tier to give you the advantages of the club. It is needed for the contract of the club. We keep them as long as you are in the club.',
      },
    })
  }
  await publishPurpose(parts, { actor: seeder, purpose: club })
  const [{ purposes }] = await owner('recipients').where('recipient_id', 'tienda-norte-shop')
  await owner('recipients')
    .where('recipient_id', 'tienda-norte-shop')
    .update({ purposes: [...purposes, club] })
  await registry.refresh()
}

/** Two stores with a till each, and everybody with a card and points. */
export async function startTillHouse() {
  const norte = await startApiHouse()
  const { house } = norte.app
  const { work, consoleWork, sealer, reads, platform, touchpoints } = house
  const { clock, entropy, blindIndex, keys, lanes } = platform
  const places = { work: consoleWork, clock, entropy, authorize: async () => {}, clients: undefined as never }
  const tree: readonly TouchpointDraft[] = [
    { id: 'norte', kind: 'brand', name: 'Tienda Norte', networks: [] },
    { id: 'gran-via', kind: 'store', parent: 'norte', name: 'Gran Vía', networks: [] },
    { id: 'gran-via-till', kind: 'terminal', parent: 'gran-via', name: 'Caja 1', networks: [] },
    { id: 'sol', kind: 'store', parent: 'norte', name: 'Sol', networks: [] },
  ]
  for (const touchpoint of tree) await registerTouchpoint(places, { actor: seeder, touchpoint })
  await touchpoints.refresh()
  await openClub(norte)

  const till = async (clientId: string, touchpoint: string | undefined, more: object = {}) => {
    const client = await norte.machine({
      client_id: clientId,
      recipient_id: 'tienda-norte-shop',
      first_party: true,
      ...(touchpoint === undefined ? {} : { touchpoint }),
      ...more,
    })
    return norte.token(client, 'tills:read tills:write loyalty:read')
  }
  const cards = new Map<string, string>()
  const subjects = new Map<string, SubjectId>()
  const catalogue = attributeCatalogue({ attributes: pgAttributeReads(lanes.console), clock })
  for (const { key } of people) {
    const subjectId = (await norte.subjectIdOf(key)) as SubjectId
    const actor = { kind: 'subject', subjectId, assurance: 'password' } as const
    const evidence = { channel: 'web', surface: 'privacy-centre', language: 'es' } as const
    subjects.set(key, subjectId)
    cards.set(
      key,
      await issueLoyaltyCard(
        { work, reads, sealer, blindIndex, clock, entropy },
        { subjectId, actor, evidence },
      ),
    )
    await work((tx) =>
      declareAttributesWithin({ catalogue, sealer, clock, entropy }, tx, {
        subjectId,
        declarations: [
          { attributeId: 'loyalty_points', value: 1240 },
          { attributeId: 'loyalty_tier', value: 'oro' },
        ],
        provenance: 'issued',
        source: 'store',
        actor: seeder,
        evidence,
      }),
    )
  }
  const cardOf = (key: string): string => {
    const card = cards.get(key)
    if (card === undefined) throw new Error(`${key} has no card`)
    return card
  }
  const keyring = loyaltyKeyring([keys.current('loyalty-codes').bytes])
  const now = () => Math.floor(Date.now() / 1000)
  const used = new Set<string>()
  /** As the customer's screen makes it. Two of one second would be one code, so each is of a second of its own. */
  const codeOf = (
    key: string,
    {
      age = 0,
      store,
      ownPhone = false,
    }: { readonly age?: number; readonly store?: string | undefined; readonly ownPhone?: boolean } = {},
  ) => {
    let madeAt = now() - age
    while (used.has(`${key} ${madeAt}`)) madeAt -= 1
    used.add(`${key} ${madeAt}`)
    return makeLoyaltyCode(keyring.signing(madeAt, store), { card: cardOf(key), madeAt, ownPhone })
  }
  return {
    ...norte,
    till,
    cardOf,
    codeOf,
    keyring,
    subjectOf: (key: string) => subjects.get(key) as SubjectId,
    lookUp: (bearer: string | undefined, body: object, key?: string) =>
      norte.ask(bearer, 'POST', '/api/v1/tills/look-ups', body, key),
  }
}

export type TillHouse = Awaited<ReturnType<typeof startTillHouse>>
