import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  announceLift,
  type ConsentMessages,
  type ContractId,
  consentPersonalData,
  decideFor,
  endContract,
  type LiftParts,
  liftRestriction,
  liftSuppression,
  objectToMarketing,
  objectToPurpose,
  overrideObjection,
  type PurchaseId,
  pgLiftNoticeReads,
  pgRecordingExport,
  recordContract,
  recordPurchase,
  restrictProcessing,
  suppressContact,
  withdrawByLink,
} from '../../../src/features/consent/index.ts'
import { pgIdentityReads } from '../../../src/features/identity/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { ContactChannel } from '../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import {
  type ConsentHouse,
  evidence,
  house,
  openConsentHouse,
  purposes,
  dpo as system,
} from './consent-house.ts'

let norte: ConsentHouse
let officer: Actor
let seller: Actor
const told: string[] = []
let lift: LiftParts
beforeAll(async () => {
  norte = await openConsentHouse()
  const staff = (role: 'dpo' | 'agent'): Actor => ({
    kind: 'staff',
    staffId: norte.entropy.id(),
    roles: [role],
    assurance: 'passkey',
  })
  officer = staff('dpo')
  seller = staff('agent')
  const messages: Pick<ConsentMessages, 'restrictionEnds'> = {
    restrictionEnds: async (to) => {
      told.push(to.kind === 'email' ? to.address : to.number)
      return { messageId: '<m@tiendanorte.example>', templateHash: 'A'.repeat(43) }
    },
  }
  lift = {
    ...norte.parts,
    sealer: norte.sealer,
    reads: pgIdentityReads(norte.lane),
    liftWork: norte.work,
    liftNotices: pgLiftNoticeReads(norte.lane),
    messages,
    textMessages: true,
  }
})
afterAll(() => norte.close())

const parts = () => ({
  work: norte.work,
  clock: norte.clock,
  entropy: norte.entropy,
  registry: norte.registry,
  facts: norte.parts.facts,
})
const ask = async (
  subjectId: SubjectId,
  more: {
    purpose?: string
    contactChannel?: ContactChannel
    campaignCategory?: string
    system?: string
  } = {},
) => {
  const question = {
    system: 'newsletter',
    purpose: 'marketing.direct',
    contactChannel: 'email' as const,
    attribute: 'email',
    ...house,
    ...more,
  }
  const [answer] = (await decideFor(norte.parts, subjectId, [question])) ?? []
  return answer
}
const kept = async (subjectId: SubjectId, purpose = 'marketing.direct', channel = 'email') =>
  (await norte.parts.records.permissionsOf(subjectId)).find(
    (one) => one.purpose === purpose && one.contactChannel === channel,
  )
const act = (subjectId: SubjectId, actor: Actor) => ({
  subjectId,
  actor,
  evidence,
  idempotencyKey: norte.entropy.id<'form'>(),
  controller: house.controller,
})
const sale = (subjectId: SubjectId, more: Partial<Parameters<typeof recordPurchase>[1]> = {}) => ({
  subjectId,
  actor: system,
  purchaseId: norte.entropy.id<'purchase'>() as PurchaseId,
  controller: house.controller,
  category: 'fashion',
  optOutOffered: true,
  boughtAt: new Date(norte.clock.now().getTime() - 86_400_000),
  ...more,
})

describe('Purchases and contracts', () => {
  test('a sale is no consent, and lets soft opt-in be decided; told twice it is one', async () => {
    const ana = await norte.register('Ana')
    expect((await ask(ana, { campaignCategory: 'fashion' }))?.reason).toBe('NO_CONSENT')
    const command = sale(ana)
    expect(await recordPurchase(parts(), command)).toEqual({ outcome: 'recorded' })
    expect(await recordPurchase(parts(), command)).toEqual({ outcome: 'unchanged' })
    expect((await ask(ana, { campaignCategory: 'fashion' }))?.reason).toBe('SUPPRESSION_LIST_CHECK_STALE')
    expect(await norte.count('purchases', ana)).toBe(1)
    const early = sale(ana, { boughtAt: new Date(norte.clock.now().getTime() + 1000) })
    await expect(recordPurchase(parts(), early)).rejects.toMatchObject({ code: 'purchase-in-future' })
  })

  test('a sale without a way out offered carries nothing (LSSI 21.2)', async () => {
    const bruno = await norte.register('Bruno')
    await recordPurchase(parts(), sale(bruno, { optOutOffered: false }))
    expect((await ask(bruno, { campaignCategory: 'fashion' }))?.reason).toBe('SOFT_OPT_IN_CONDITIONS_NOT_MET')
  })

  test('a contract begins and ends, and parallel facts of one person all stay', async () => {
    const carmen = await norte.register('Carmen')
    const contractId = norte.entropy.id<'contract'>() as ContractId
    const command = { subjectId: carmen, actor: system, contractId }
    await Promise.all([
      recordContract(parts(), { ...command, controller: 'otra', beganAt: norte.clock.now() }),
      recordPurchase(parts(), sale(carmen)),
      norte.say(carmen, 'marketing.direct', 'email', 'yes'),
    ])
    const known = await norte.parts.facts.find(carmen)
    expect(known?.facts.subject.contracts.map(({ controller }) => controller)).toContain('otra')
    expect(known?.facts.subject.purchases).toHaveLength(1)
    expect(known?.facts.events).toHaveLength(1)
    norte.pass(1000)
    expect(await endContract(parts(), command)).toEqual({ outcome: 'recorded' })
    expect(await endContract(parts(), command)).toEqual({ outcome: 'unchanged' })
  })
})

test('what is kept of a person beside the ledger is in their export (Art. 15)', async () => {
  const laia = await norte.register('Laia')
  await recordPurchase(parts(), sale(laia))
  await suppressContact(parts(), {
    subjectId: laia,
    actor: system,
    contactChannel: '*',
    reason: 'court',
    source: 'ref 12/2026',
  })
  const { records } = norte.parts
  const holder = consentPersonalData({
    records,
    sealer: norte.sealer,
    recording: pgRecordingExport(norte.lane),
  })
  expect(await holder.exportData(laia)).toMatchObject({
    purchases: [{ category: 'fashion', opt_out_offered: true }],
    suppressions: [{ reason: 'court', contact_channel: '*' }],
    guardianships: [],
  })
})

describe('Our own register of where not to write', () => {
  test('a complaint stops advertising at once, consent or not, in the kept permission too', async () => {
    const diego = await norte.register('Diego')
    await norte.say(diego, 'marketing.direct', 'email', 'yes')
    const scope = { subjectId: diego, contactChannel: 'email' as const }
    const complaint = { ...scope, actor: system, reason: 'complaint' as const, source: 'feedback-loop' }
    expect(await suppressContact(parts(), complaint)).toEqual({ outcome: 'recorded' })
    expect((await ask(diego))?.reason).toBe('SUPPRESSED_INTERNAL')
    expect(await kept(diego)).toMatchObject({ decision: 'DENY', reason: 'SUPPRESSED_INTERNAL' })
    expect(await suppressContact(parts(), complaint)).toEqual({ outcome: 'unchanged' })
    await expect(liftSuppression(parts(), { ...scope, actor: seller })).rejects.toMatchObject({
      code: 'officer-only',
    })
    await liftSuppression(parts(), { ...scope, actor: officer })
    expect(await kept(diego)).toMatchObject({ decision: 'PERMIT' })
  })

  test('a hard bounce of one address leaves another free', async () => {
    const elena = await norte.register('Elena')
    await norte.say(elena, 'marketing.direct', 'email', 'yes')
    const other = norte.entropy.id<'identifier'>()
    await suppressContact(parts(), {
      subjectId: elena,
      actor: system,
      contactChannel: 'email',
      contactPoint: other,
      reason: 'hard_bounce',
      source: 'smtp 550',
    })
    expect((await ask(elena))?.decision).toBe('PERMIT')
  })

  test('nothing is kept of somebody erased', async () => {
    const fatima = await norte.register('Fatima')
    await norte.owner('subjects').where('subject_id', fatima).update({ state: 'erased' })
    await expect(recordPurchase(parts(), sale(fatima))).rejects.toMatchObject({ code: 'subject-not-active' })
  })
})

describe('Objections', () => {
  test('to all advertising: at once, for every purpose and channel, and no officer overrides it (Art. 21(3))', async () => {
    const gloria = await norte.register('Gloria')
    await norte.say(gloria, 'marketing.direct', 'email', 'yes')
    norte.pass(1000)
    expect(await objectToMarketing(norte.parts, act(gloria, norte.asSubject(gloria)))).toMatchObject({
      outcome: 'recorded',
    })
    expect(await kept(gloria)).toMatchObject({ reason: 'OBJECTED' })
    expect(await objectToMarketing(norte.parts, act(gloria, norte.asSubject(gloria)))).toEqual({
      outcome: 'unchanged',
    })
    const override = {
      ...act(gloria, officer),
      ...house,
      purpose: 'marketing.direct',
      grounds: 'x'.repeat(40),
    }
    await expect(overrideObjection(norte.parts, override)).rejects.toMatchObject({
      code: 'objection-absolute',
    })
    norte.pass(1000)
    await norte.say(gloria, 'marketing.direct', 'email', 'yes')
    expect(await kept(gloria)).toMatchObject({ decision: 'PERMIT' })
    expect(await kept(gloria, 'marketing.direct', 'sms')).toMatchObject({ decision: 'DENY' })
  })

  test('to fraud screening: stops until the officer records compelling grounds, which are sealed (Art. 21(1))', async () => {
    const hugo = await norte.register('Hugo')
    const purpose = 'fraud.prevention'
    const fraud = { purpose, contactChannel: 'none', system: 'shop' } as const
    await objectToPurpose(norte.parts, { ...act(hugo, norte.asSubject(hugo)), ...house, purpose })
    expect((await ask(hugo, fraud))?.reason).toBe('OBJECTED')
    norte.pass(1000)
    const grounds = 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.'
    const override = { ...act(hugo, officer), ...house, purpose, grounds }
    await expect(overrideObjection(norte.parts, { ...override, actor: seller })).rejects.toMatchObject({
      failure: 'refused',
    })
    await expect(overrideObjection(norte.parts, { ...override, grounds: 'porque sí' })).rejects.toMatchObject(
      {
        code: 'grounds-missing',
      },
    )
    await overrideObjection(norte.parts, override)
    expect((await ask(hugo, fraud))?.reason).toBe('LEGITIMATE_INTEREST')
    const [row] = await norte
      .owner('consent_events')
      .where({ subject_id: hugo, type: 'objection_overridden' })
    expect(JSON.stringify(row)).not.toContain('devoluciones')
    const place = { table: 'consent_events', column: 'sealed_evidence', row: row.event_id }
    expect(await norte.sealer.openText(hugo, place, row.sealed_evidence)).toContain(grounds)
    await expect(
      overrideObjection(norte.parts, { ...override, idempotencyKey: norte.entropy.id() }),
    ).rejects.toMatchObject({ code: 'no-objection' })
  })
})

test('an objection on one of several contact channels is found whichever it is, and can be overridden', async () => {
  const purpose = 'fraud.prevention'
  const reaching = async (contact_channels: readonly string[]) => {
    await norte.owner('purpose_versions').where('purpose_id', purpose).update({ contact_channels })
    await norte.registry.refresh()
  }
  await reaching(['email', 'phone_human'])
  const marta = await norte.register('Marta')
  const byPhone = {
    ...act(marta, norte.asSubject(marta)),
    ...house,
    purpose,
    contactChannel: 'phone_human',
  } as const
  expect(await objectToPurpose(norte.parts, byPhone)).toMatchObject({ outcome: 'recorded' })
  const fraud = { purpose, system: 'shop' }
  expect((await ask(marta, { ...fraud, contactChannel: 'phone_human' }))?.reason).toBe('OBJECTED')
  expect((await ask(marta, { ...fraud, contactChannel: 'email' }))?.reason).toBe('LEGITIMATE_INTEREST')
  norte.pass(1000)
  const grounds = 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.'
  await overrideObjection(norte.parts, { ...act(marta, officer), ...house, purpose, grounds })
  expect((await ask(marta, { ...fraud, contactChannel: 'phone_human' }))?.reason).toBe('LEGITIMATE_INTEREST')
  await reaching(['none'])
})

describe('Restriction (Art. 18)', () => {
  test.each([
    [['*'], 'RESTRICTED', 'RESTRICTED'],
    [['marketing.*'], 'RESTRICTED', 'LEGITIMATE_INTEREST'],
    [['attr:given_name'], 'CONSENT_GIVEN', 'LEGITIMATE_INTEREST'],
  ])('in the scope %j stops what it names and nothing else', async (scope, newsletter, fraud) => {
    const ivan = await norte.register(`Ivan${scope[0]?.length}`)
    await norte.say(ivan, 'marketing.direct', 'email', 'yes')
    norte.pass(1000)
    await restrictProcessing(norte.parts, { ...act(ivan, officer), scope, ground: 'accuracy' })
    norte.pass(1000)
    expect((await ask(ivan))?.reason).toBe(newsletter)
    const screening = { purpose: 'fraud.prevention', contactChannel: 'none', system: 'shop' } as const
    expect((await ask(ivan, screening))?.reason).toBe(fraud)
    expect((await kept(ivan))?.decision).toBe(newsletter === 'RESTRICTED' ? 'DENY' : 'PERMIT')
  })

  test('a scope that reaches nothing is refused, and so is anybody but the officer', async () => {
    const julia = await norte.register('Julia')
    const set = (scope: readonly string[], actor: Actor) =>
      restrictProcessing(norte.parts, { ...act(julia, actor), scope, ground: 'objection_pending' })
    for (const scope of [[], ['attr:unknown'], ['nothing.*'], ['*', 'MARKETING']]) {
      await expect(set(scope, officer)).rejects.toMatchObject({ code: 'restriction-scope' })
    }
    await expect(set(['*'], seller)).rejects.toMatchObject({ failure: 'refused' })
    // The command line carries out what an officer decided; it decides nothing, and no other system may say it was told to.
    await expect(set(['*'], { kind: 'system', name: 'cli' })).rejects.toMatchObject({ code: 'officer-only' })
    const told = { decidedBy: norte.entropy.id<'staff'>(), reason: 'Solicitud 114' }
    const worker = act(julia, { kind: 'system', name: 'worker' })
    await expect(
      restrictProcessing(norte.parts, { ...worker, scope: ['*'], ground: 'accuracy', decision: told }),
    ).rejects.toMatchObject({ code: 'officer-only' })
  })

  test('is lifted only after the person was told, three days before (18(3))', async () => {
    const karim = await norte.register('Karim')
    await norte.say(karim, 'marketing.direct', 'email', 'yes')
    norte.pass(1000)
    const command = () => ({ ...act(karim, officer), scope: ['marketing.*'] })
    await expect(announceLift(lift, command())).rejects.toMatchObject({ code: 'no-restriction' })
    await restrictProcessing(norte.parts, { ...command(), ground: 'legal_claims' })
    norte.pass(1000)
    await expect(liftRestriction(lift, command())).rejects.toMatchObject({ code: 'person-not-told' })
    const broken = { ...lift, messages: { restrictionEnds: () => Promise.reject(new Error('no server')) } }
    await expect(announceLift(broken, command())).rejects.toMatchObject({ code: 'notice-not-sent' })
    norte.pass(4 * 86_400_000)
    await expect(liftRestriction(lift, command())).rejects.toMatchObject({ code: 'person-not-told' })
    await announceLift(lift, command())
    expect(told).toContain('karim@correo.example')
    norte.pass(2 * 86_400_000)
    await expect(liftRestriction(lift, command())).rejects.toMatchObject({ code: 'person-not-told' })
    norte.pass(86_400_000)
    expect(await liftRestriction(lift, command())).toMatchObject({ outcome: 'recorded' })
    expect(await kept(karim)).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })
    norte.pass(1000)
    await restrictProcessing(norte.parts, { ...command(), ground: 'accuracy' })
    norte.pass(1000)
    await expect(liftRestriction(lift, command())).rejects.toMatchObject({ code: 'person-not-told' })
  })

  test.each([
    ['the same', '*', '*'],
    ['a narrower one', '*', 'marketing.*'],
  ])('a notice never ends what was restricted after it: %s', async (_, first, second) => {
    const lucia = await norte.register(first === second ? 'Lucia' : 'Marcos')
    const command = (scope: string) => ({ ...act(lucia, officer), scope: [scope] })
    await restrictProcessing(norte.parts, { ...command(first), ground: 'accuracy' })
    norte.pass(1000)
    await announceLift(lift, command(first))
    norte.pass(1000)
    await restrictProcessing(norte.parts, { ...command(second), ground: 'unlawful' })
    norte.pass(4 * 86_400_000)
    await expect(liftRestriction(lift, command(first))).rejects.toMatchObject({ code: 'person-not-told' })
    await announceLift(lift, command(first))
    norte.pass(4 * 86_400_000)
    expect(await liftRestriction(lift, command(first))).toMatchObject({ outcome: 'recorded' })
  })
})

test('a receipt tells of the version its act pinned: to whom it went and how long it was kept then, whatever is in force', async () => {
  const receiptsOf = async (subjectId: SubjectId) => {
    const rows = await norte.owner('receipts').where('subject_id', subjectId).orderBy('issued_at')
    return Promise.all(
      rows.map(async ({ receipt_id: row, sealed_jws }) => {
        const place = { table: 'receipts', column: 'sealed_jws', row }
        const jws = await norte.sealer.openText(subjectId, place, sealed_jws)
        return JSON.parse(Buffer.from(jws?.split('.')[1] ?? '', 'base64url').toString()).receipt
      }),
    )
  }
  const nuria = await norte.register('Nuria')
  await norte.say(nuria, 'marketing.direct', 'email', 'yes')
  const [first] = await receiptsOf(nuria)
  await norte.owner('recipients').insert({
    recipient_id: 'overseas',
    name: 'Overseas Mail',
    role: 'processor',
    legal_entity: 'Overseas Mail, Inc.',
    processing_contract: true,
    third_country: true,
    transfer_tool: 'scc',
    countries: ['US'],
    purposes: ['marketing.direct'],
    created_at: norte.clock.now(),
  })
  const described = purposes.find(({ id }) => id === 'marketing.direct')
  if (described === undefined) throw new Error('no purpose')
  const { title, ...draft } = described
  const retention = { es: 'Diez años', en: 'Ten years' }
  await norte.publish({ ...draft, recipients: ['overseas'], retention, change: 'material' }, title, 2)
  await norte.registry.refresh()
  norte.pass(1000)
  const link = { subjectId: nuria, ...house, purpose: 'marketing.direct', contactChannel: 'email' } as const
  await withdrawByLink(norte.parts, { link, evidence })
  const [, taken] = await receiptsOf(nuria)
  expect(taken.events[0]).toMatchObject({ state: 'withdrawn', purpose: { version: 1 } })
  const { retention_period, storage_locations } = first
  expect(taken).toMatchObject({ retention_period, storage_locations })
  const oriol = await norte.register('Oriol')
  await norte.say(oriol, 'marketing.direct', 'email', 'yes')
  const [now] = await receiptsOf(oriol)
  expect(now).toMatchObject({ retention_period: 'Diez años', storage_locations: ['ES', 'US'] })
})
