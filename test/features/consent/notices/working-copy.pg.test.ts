import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  discardWorkingCopy,
  type PurposeDocument,
  pgPurposeReads,
  publishWorkingCopy,
  type SeenPurpose,
  saveWorkingCopy,
} from '../../../../src/features/consent/index.ts'
import { type ConsentHouse, dpo, openConsentHouse, purposes } from '../consent-house.ts'

let shop: ConsentHouse
const [offers] = purposes.filter(({ id }) => id === 'marketing.direct')

beforeAll(async () => {
  shop = await openConsentHouse()
})
afterAll(() => shop.close())

const parts = () => ({
  work: shop.work,
  clock: shop.clock,
  entropy: shop.entropy,
  registry: shop.registry.current(),
})
const reads = () => pgPurposeReads(shop.lane)
const copyNow = async () => (await reads().workingCopies())[0]
const text =
  'Te enviamos ofertas. Lo conservamos hasta que lo retires. Puedes retirarlo cuando quieras en Permisos.'

function document(summary: string): PurposeDocument {
  if (offers === undefined) throw new Error('no offers')
  const { title, ...purpose } = offers
  return {
    purpose: { ...purpose, change: 'material' },
    notices: [{ id: 'marketing-again', version: 1, language: 'es', title, summary, text }],
  }
}
const inForce: SeenPurpose = { inForce: 1, revision: undefined }
const save = (summary: string, seen: SeenPurpose) =>
  saveWorkingCopy(parts(), { actor: dpo, document: document(summary), seen })

test('of two who begin a draft at the same moment one saves, and the other is told', async () => {
  const both = await Promise.allSettled([save('Uno.', inForce), save('Dos.', inForce)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = both.find((one) => one.status === 'rejected')
  expect(refused?.reason).toMatchObject({ failure: 'conflict', code: 'purpose-changed-meanwhile' })
  expect(await reads().workingCopies()).toHaveLength(1)
})

test('a draft is saved over the revision that was seen, and over no other, not even one like it', async () => {
  const first = (await copyNow())?.revision
  const second = await save('Tres.', { ...inForce, revision: first })
  await expect(save('Cuatro.', { ...inForce, revision: first })).rejects.toMatchObject({
    code: 'purpose-changed-meanwhile',
  })
  // Thrown away and begun anew, it is another draft.
  await expect(
    discardWorkingCopy(parts(), { actor: dpo, purpose: 'marketing.direct', revision: first ?? second }),
  ).rejects.toMatchObject({ code: 'purpose-changed-meanwhile' })
  await discardWorkingCopy(parts(), { actor: dpo, purpose: 'marketing.direct', revision: second })
  await save('Cinco.', inForce)
  await expect(save('Seis.', { ...inForce, revision: second })).rejects.toMatchObject({
    code: 'purpose-changed-meanwhile',
  })
  expect((await copyNow())?.document.notices[0]?.summary).toBe('Cinco.')
})

test('an edit that is none is refused, whatever it is called', async () => {
  const now = await copyNow()
  const asked = document('Siete.')
  const wider = { ...asked, purpose: { ...asked.purpose, change: 'editorial', recipients: [] } } as const
  await expect(
    saveWorkingCopy(parts(), {
      actor: dpo,
      document: wider,
      seen: { ...inForce, revision: now?.revision },
    }),
  ).rejects.toMatchObject({ code: 'purpose-change-is-material', issues: [{ field: 'change' }] })
})

test('a publication that fails halfway leaves no version and no words behind, and the draft as it was', async () => {
  const now = await copyNow()
  const seen = { ...inForce, revision: now?.revision }
  const order = { actor: dpo, purpose: 'marketing.direct', seen, despiteFindings: true }
  const failing = {
    ...parts(),
    work: (async (act) =>
      shop.work((tx) =>
        act({
          ...tx,
          registry: {
            ...tx.registry,
            moveVersion: async () => {
              throw new Error('the power is gone')
            },
          },
        }),
      )) as typeof shop.work,
  }
  await expect(publishWorkingCopy(failing, order)).rejects.toThrow('the power is gone')
  const after = await reads().find('marketing.direct')
  expect(after?.versions.map(({ state }) => state)).toEqual(['active'])
  const { notices } = await shop.registry.refresh()
  expect(notices.filter(({ id }) => id === 'marketing-again')).toEqual([])
  expect((await copyNow())?.revision).toBe(now?.revision)

  const { version } = await publishWorkingCopy(parts(), order)
  expect(version).toBe(2)
  expect((await reads().find('marketing.direct'))?.versions.map(({ state }) => state)).toEqual([
    'superseded',
    'active',
  ])
  expect(await reads().workingCopies()).toEqual([])
  await expect(publishWorkingCopy(parts(), order)).rejects.toMatchObject({ code: 'purpose-draft-missing' })
})
