import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Declaration,
  declareAttributes,
  pgAssertionReads,
  profilePersonalData,
  putAttribute,
  readProfile,
} from '../../../src/features/profile/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { evidence, type House, openHouse } from '../identity/house.ts'

let house: House
let ana: SubjectId

beforeAll(async () => {
  house = await openHouse()
  for (const [position, attributeId] of ['first_name', 'postal_code'].entries()) {
    await putAttribute(house.owner, {
      attributeId,
      claim: attributeId === 'first_name' ? 'given_name' : 'postal_code',
      valueSchema: { type: 'string', maxLength: 60 },
      labels: { es: attributeId },
      reasons: { es: 'Para saludarte' },
      sensitivity: 'personal',
      retention: 'account',
      position,
    })
  }
  ana = await house.register('ana@example.es')
})
afterAll(() => house.close())

const declare = (declarations: readonly Declaration[], subjectId = ana) =>
  declareAttributes(house.deps, {
    subjectId,
    declarations,
    provenance: 'declared',
    source: 'web:sign-in',
    actor: { kind: 'subject', subjectId, assurance: 'password' },
    evidence,
  })
const reading = () => ({ assertions: pgAssertionReads(house.lane), sealer: house.sealer })
const known = async () =>
  Object.fromEntries(
    (await readProfile(reading(), ana)).map(({ attributeId, value }) => [attributeId, value]),
  )

describe('what Ana says about herself', () => {
  it('is kept sealed, with where it came from, on record and told to others', async () => {
    await declare([
      { attributeId: 'first_name', value: 'Ana' },
      { attributeId: 'postal_code', value: '28013' },
    ])
    expect(await readProfile(reading(), ana)).toMatchObject([
      { attributeId: 'first_name', value: 'Ana', provenance: 'declared', source: 'web:sign-in' },
      { attributeId: 'postal_code', value: '28013' },
    ])
    const [row] = await house.owner('assertions').where({ attribute_id: 'first_name' })
    expect(Buffer.from(row.sealed_value).includes('Ana')).toBe(false)
    expect((await house.trailOf(ana)).actions).toContain('profile.changed')
    const [event] = await house.owner('outbox_events').where({ type: 'profile.changed' })
    expect(event.payload).toEqual({ attributes: ['first_name', 'postal_code'], provenance: 'declared' })
  })

  it('supersedes what she said before, which stays to be seen', async () => {
    house.pass(60)
    await declare([{ attributeId: 'first_name', value: 'Ana María' }])
    expect(await known()).toEqual({ first_name: 'Ana María', postal_code: '28013' })
    const { assertions = [] } = await profilePersonalData(reading()).exportData(ana)
    expect(assertions).toMatchObject([
      { value: 'Ana', supersededAt: house.clock.now() },
      { value: '28013' },
      { value: 'Ana María', supersededAt: undefined },
    ])
  })

  it('can be taken back', async () => {
    await declare([{ attributeId: 'postal_code', value: undefined }])
    expect(await known()).toEqual({ first_name: 'Ana María' })
  })

  it('leaves one current value however many arrive at once', async () => {
    const names = Array.from({ length: 12 }, (_, turn) => `Ana ${turn}`)
    await Promise.all(names.map((value) => declare([{ attributeId: 'first_name', value }])))
    const current = await house.owner('assertions').where({ subject_id: ana }).whereNull('superseded_at')
    expect(current).toHaveLength(1)
    expect(names).toContain((await known())['first_name'])
  })

  it('must be in the catalogue', async () => {
    await expect(declare([{ attributeId: 'shoe_size', value: '38' }])).rejects.toMatchObject({
      code: 'attribute-unknown',
    })
    await expect(declare([])).rejects.toMatchObject({ code: 'nothing-declared' })
  })
})

describe('the catalogue', () => {
  it('is read once, and anew after thirty seconds', async () => {
    await house.catalogue.all()
    await house.owner('attributes').where({ attribute_id: 'postal_code' }).update({ position: 9 })
    expect((await house.catalogue.get('postal_code')).position).toBe(1)
    house.pass(31)
    expect((await house.catalogue.get('postal_code')).position).toBe(9)
  })
})
