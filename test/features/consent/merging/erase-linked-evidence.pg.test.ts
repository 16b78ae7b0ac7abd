import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepProofs } from '../../../../src/compose/pg-work.ts'
import {
  eraseEvidence,
  pgConsentStores,
  pgEvidenceErasure,
  redecidingWork,
} from '../../../../src/features/consent/index.ts'
import { ledgerKeeper } from '../../../../src/features/consent/ledger/ledger-keeper.ts'
import { pgConsentLog } from '../../../../src/features/consent/ledger/pg-consent-log.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { unitOfWork } from '../../../../src/platform/db/unit-of-work.ts'
import { house as brand } from '../consent-house.ts'
import { type MergingHouse, openMergingHouse } from './merging-house.ts'

let house: MergingHouse
/** Ana's account at the web shop, which says yes, and the one of her card, which objects. */
let web: SubjectId
let card: SubjectId

beforeAll(async () => {
  house = await openMergingHouse()
  await house.begin()
})
afterAll(() => house?.close())

let people = 0
beforeEach(async () => {
  const { norte } = house
  people += 2
  web = await norte.register(`Ana${people - 1}`)
  card = await norte.register(`Ana${people}`)
  norte.pass(60_000)
  await house.say(web, 'marketing.direct', 'email', 'yes')
  norte.pass(60_000)
  await house.object(card, 'marketing.direct')
  norte.pass(60_000)
  expect((await house.merge(web, card)).outcome).toBe('linked')
  await ledgerKeeper({
    log: pgConsentLog(norte.lane),
    clock: norte.clock,
    entropy: norte.entropy,
    sealer: norte.sealer,
    signer: norte.parts.signer,
    logName: 'tienda-norte/consent/1',
    folder: undefined,
  }).append()
})

const newsletter = async () => (await house.single(web, 'marketing.direct', 'email')).reason
const acts = async () =>
  Number((await house.norte.owner('consent_events').where({ subject_id: card }).count().first())?.['count'])
const block = (...accounts: readonly SubjectId[]) =>
  house.norte.owner('subjects').whereIn('subject_id', accounts).update({ state: 'blocked' })
const erase = async () => {
  const { norte } = house
  const { clock, entropy, registry } = norte
  const stores = (trx: Parameters<typeof pgEvidenceErasure>[0]) => ({
    ...pgConsentStores(trx),
    erasure: pgEvidenceErasure(trx),
  })
  const opening = { sealer: norte.sealer, controller: brand.controller }
  const work = redecidingWork(unitOfWork(norte.owner, stores, keepProofs), {
    clock,
    entropy,
    registry,
    opening,
  })
  return eraseEvidence(
    { work, clock },
    {
      subjectId: card,
      actor: { kind: 'system', name: 'cli' },
      decision: { decidedBy: entropy.id<'staff'>(), reason: 'Solicitud 117' },
    },
  )
}

test('the no of a blocked account is not erased while another account of the person hears it', async () => {
  await block(card)
  expect(await newsletter()).toBe('OBJECTED')
  const before = await acts()
  expect(before).toBeGreaterThan(0)
  await expect(erase()).rejects.toMatchObject({ code: 'linked-account-in-use' })
  expect([await acts(), await newsletter()]).toEqual([before, 'OBJECTED'])
})

test('unlinked first, or with no account of the person in use, it is erased and every account is decided again', async () => {
  await block(web, card)
  const epochs = () =>
    house.norte
      .owner('subjects')
      .whereIn('subject_id', [web, card])
      .orderBy('subject_id')
      .pluck('consent_epoch')
  const before = await epochs()
  expect((await erase()).erased).toBeGreaterThan(0)
  expect(await acts()).toBe(0)
  expect((await epochs()).map(Number)).toEqual(before.map((epoch) => Number(epoch) + 1))
  await house.expectKeptAsSingle([web, card])
})

test('an account that is no longer linked is in nobody’s way', async () => {
  await house.unmerge(web, card)
  await block(card)
  expect((await erase()).erased).toBeGreaterThan(0)
  expect(await newsletter()).toBe('CONSENT_GIVEN')
  await house.expectKeptAsSingle([web])
})
