import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordPurchase } from '../../../src/features/consent/index.ts'
import { registerRecipient } from '../../../src/features/recipients/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { dpo, house } from './consent-house.ts'
import { type ExplainHouse, newsletter, openExplainHouse } from './explain-as-of-house.ts'

const day = 86_400_000

let norte: ExplainHouse
beforeAll(async () => {
  norte = await openExplainHouse()
})
afterAll(() => norte.close())

/** The instant before anything more happens; a day goes by. */
const aDay = (): Date => {
  const then = norte.clock.now()
  norte.pass(day)
  return then
}
const reasonThen = async (subjectId: SubjectId, then: Date, query = newsletter) =>
  (await norte.asOf(subjectId, query, then)).decision.reason
const saysThen = async (subjectId: SubjectId, then: Date, fact: string) =>
  (await norte.asOf(subjectId, newsletter, then)).knew.find((one) => one.fact === fact)

const buy = (subjectId: SubjectId) =>
  recordPurchase(norte.parts, {
    subjectId,
    actor: dpo,
    purchaseId: norte.entropy.id(),
    controller: house.controller,
    category: 'fashion',
    optOutOffered: true,
    boughtAt: norte.clock.now(),
  })

describe('As of a past day the decision stands as it fell, though since then', () => {
  test('the lists were asked about Ana again, and answered otherwise; every answer stays on record', async () => {
    const ana = await norte.register('Ana')
    await buy(ana)
    const unasked = aDay()
    await norte.consult(ana, false)
    const clean = aDay()
    const revokedAt = norte.clock.now()
    await norte.consult(ana, true, { revokedAt })
    const listed = aDay()
    await norte.consult(ana, false)
    const cleanAgain = aDay()
    expect(await reasonThen(ana, unasked)).toBe('SUPPRESSION_LIST_CHECK_STALE')
    expect(await reasonThen(ana, clean)).toBe('SOFT_OPT_IN')
    expect(await reasonThen(ana, listed)).toBe('SUPPRESSED_EXTERNAL_LIST')
    expect(await reasonThen(ana, cleanAgain)).toBe('SOFT_OPT_IN')
    const asked = clean.toISOString().slice(0, 10)
    expect((await saysThen(ana, clean, 'exclusion-lists'))?.says['en']).toBe(
      `Exclusion lists last consulted: robinson (${asked}) and stop_publicidad (${asked}).`,
    )
    const history = await norte.owner('exclusion_check_history').where({ subject_id: ana, list: 'robinson' })
    expect(history).toHaveLength(3)
    expect(history.filter(({ revoked_at }) => revoked_at !== null)).toEqual([
      expect.objectContaining({ checked_at: revokedAt, revoked_at: revokedAt, listed: true }),
    ])
    // Negative control: it is the history that tells; without it nothing rests on a list nobody is known to have asked.
    await norte.owner('exclusion_check_history').where({ subject_id: ana }).delete()
    expect(await reasonThen(ana, clean)).toBe('SUPPRESSION_LIST_CHECK_STALE')
  })

  test('Bruno moved from Spain to Germany, where a yes has to be confirmed', async () => {
    const bruno = await norte.register('Bruno')
    await norte.say(bruno, 'marketing.direct', 'email', 'yes')
    const inSpain = aDay()
    await norte.move(bruno, 'DE')
    const inGermany = aDay()
    await norte.move(bruno, 'FR')
    expect(await reasonThen(bruno, inSpain)).toBe('CONSENT_GIVEN')
    expect(await reasonThen(bruno, inGermany)).toBe('DOUBLE_OPT_IN_MISSING')
    expect((await norte.live(bruno, newsletter)).reason).toBe('CONSENT_GIVEN')
    const told = await norte.asOf(bruno, newsletter, inGermany)
    expect(told.law.jurisdiction).toBe('DE')
    expect(await saysThen(bruno, inSpain, 'residence')).toEqual({
      fact: 'residence',
      known: true,
      says: { es: 'Vivía en: ES.', en: 'The person lived in: ES.' },
    })
  })

  test('Carmen said that she is a child, and later that she is not', async () => {
    const carmen = await norte.register('Carmen')
    await norte.say(carmen, 'marketing.direct', 'email', 'yes')
    const unknown = aDay()
    await norte.born(carmen, 2015)
    const child = aDay()
    await norte.born(carmen, 1990)
    expect(await reasonThen(carmen, unknown)).toBe('CONSENT_GIVEN')
    expect(await reasonThen(carmen, child)).toBe('PARENTAL_CONSENT_MISSING')
    expect((await norte.live(carmen, newsletter)).reason).toBe('CONSENT_GIVEN')
    expect((await saysThen(carmen, unknown, 'birth-date'))?.says['en']).toBe('No date of birth was known.')
    expect(await saysThen(carmen, child, 'birth-date')).toMatchObject({
      known: true,
      says: { en: 'A date of birth was known.' },
    })
  })

  test('the account of David was blocked and opened again', async () => {
    const david = await norte.register('David')
    await norte.say(david, 'marketing.direct', 'email', 'yes')
    const open = aDay()
    await norte.become(david, 'blocked')
    const blocked = aDay()
    await norte.become(david, 'active')
    expect(await reasonThen(david, open)).toBe('CONSENT_GIVEN')
    expect(await reasonThen(david, blocked)).toBe('SUBJECT_BLOCKED')
    expect((await norte.live(david, newsletter)).reason).toBe('CONSENT_GIVEN')
    expect((await saysThen(david, blocked, 'account'))?.says['es']).toBe(
      'Los datos de la persona estaban bloqueados.',
    )
    const born = (await norte.parts.facts.find(david))?.since.getTime() ?? 0
    expect((await saysThen(david, new Date(born - day), 'account'))?.says['en']).toBe(
      'Nothing was known of the person yet.',
    )
  })

  test('another address of Elena came into use, and one nobody proved was forgotten', async () => {
    const elena = await norte.register('Elena')
    await norte.say(elena, 'marketing.direct', 'email', 'yes')
    const first = await norte.contactPointOf(elena)
    const one = aDay()
    const second = await norte.addAddress(elena, true)
    const two = aDay()
    const pointThen = async (id: SubjectId, then: Date) =>
      (await norte.parts.pastFacts.find(id, then))?.facts.contactPoints?.email
    expect([await pointThen(elena, one), await pointThen(elena, two)]).toEqual([first, second])
    expect(await reasonThen(elena, one)).toBe('CONSENT_GIVEN')
    expect(await reasonThen(elena, two)).toBe('NO_CONSENT')

    // Nobody signs in with it, so it can be forgotten; that it was there can be told, and what it was cannot.
    await norte.owner('identifiers').where({ subject_id: elena }).update({ verified_at: null })
    await norte.forget(elena, second)
    norte.pass(day)
    expect(await pointThen(elena, two)).toBe(second)
    expect(await pointThen(elena, norte.clock.now())).toBe(first)
    const [former] = await norte.owner('former_identifiers').where({ subject_id: elena })
    expect(Object.keys(former).sort()).toEqual([
      'created_at',
      'identifier_id',
      'kind',
      'removed_at',
      'subject_id',
    ])
  })

  test('two accounts that were taken for Fernanda’s turned out to be two people’s', async () => {
    const fernanda = await norte.register('Fernanda')
    const namesake = await norte.register('Fernanda2')
    await norte.say(fernanda, 'marketing.direct', 'email', 'yes')
    norte.pass(day)
    await norte.say(namesake, 'marketing.direct', 'email', 'no')
    const apart = aDay()
    const link = await norte.link(fernanda, namesake)
    const linked = aDay()
    const live = await norte.live(fernanda, newsletter)
    await norte.unlink(link)
    norte.pass(day)
    expect(await reasonThen(fernanda, apart)).toBe('CONSENT_GIVEN')
    expect((await norte.asOf(fernanda, newsletter, linked)).decision).toEqual(live)
    expect(live.decision).toBe('DENY')
    expect((await norte.live(fernanda, newsletter)).reason).toBe('CONSENT_GIVEN')
    // What the other account said is gone with it, and that is told.
    await norte.become(namesake, 'erased')
    expect(await saysThen(fernanda, linked, 'other-accounts')).toMatchObject({
      known: false,
      says: { en: expect.stringContaining('has been erased since') },
    })
  })

  test('the mailing house lost its contract and found it again', async () => {
    const gema = await norte.register('Gema')
    await norte.say(gema, 'marketing.direct', 'email', 'yes')
    const correoClaro = {
      recipientId: 'newsletter',
      name: 'Correo Claro',
      role: 'processor',
      thirdCountry: false,
      countries: ['IE'],
      purposes: ['marketing.direct'],
    } as const
    const put = (processingContract: boolean) =>
      registerRecipient(norte, { actor: dpo, recipient: { ...correoClaro, processingContract } })
    const before = aDay()
    await put(false)
    const without = aDay()
    await put(true)
    await norte.registry.refresh()
    norte.pass(day)
    expect(await reasonThen(gema, before)).toBe('CONSENT_GIVEN')
    expect(await reasonThen(gema, without)).toBe('NO_PROCESSOR_CONTRACT')
    expect((await norte.live(gema, newsletter)).reason).toBe('CONSENT_GIVEN')
  })
})

describe('What cannot be known of a past day is said, and not made up', () => {
  test('of Hugo, erased since, only that', async () => {
    const hugo = await norte.register('Hugo')
    await norte.say(hugo, 'marketing.direct', 'email', 'yes')
    const then = aDay()
    await norte.become(hugo, 'erased')
    const told = await norte.asOf(hugo, newsletter, then)
    expect(told.decision).toMatchObject({ decision: 'DENY', reason: 'SUBJECT_ERASED', evidence: [] })
    expect(told.knew).toEqual([
      {
        fact: 'account',
        known: false,
        says: expect.objectContaining({ en: expect.stringContaining('can no longer be told') }),
      },
    ])
  })

  test('of Hilda, whose evidence was erased while she was blocked, that alone', async () => {
    const hilda = await norte.register('Hilda')
    await norte.say(hilda, 'marketing.direct', 'email', 'no')
    const then = aDay()
    await norte.become(hilda, 'blocked')
    await norte.owner('consent_events').where({ subject_id: hilda }).delete()
    const at = norte.clock.now()
    await norte.work(({ audit }) =>
      audit.record({ action: 'consent.evidence-erased', actor: dpo, at, subjectId: hilda, facts: {} }),
    )
    norte.pass(day)
    const told = await norte.asOf(hilda, newsletter, then)
    expect(told.decision.reason).toBe('SUBJECT_BLOCKED')
    expect(told.knew).toMatchObject([
      { fact: 'account', known: false, says: { es: expect.stringContaining('se suprimió el') } },
    ])
    const after = await norte.asOf(hilda, newsletter, norte.clock.now())
    expect(after.knew.every(({ known }) => known)).toBe(true)
  })

  test('of Irene, whose key was destroyed, that her date of birth was known once', async () => {
    const irene = await norte.register('Irene')
    await norte.born(irene, 1990)
    const then = aDay()
    await norte.owner('subject_keys').where({ subject_id: irene }).delete()
    norte.sealer.forget(irene)
    expect(await saysThen(irene, then, 'birth-date')).toMatchObject({
      known: false,
      says: { en: expect.stringContaining('its key has been destroyed since') },
    })
  })

  test('of Julia, who was here before changes were dated, what was before', async () => {
    const julia = await norte.register('Julia')
    await buy(julia)
    await norte.consult(julia, false)
    const before = aDay()
    const value = norte.clock.now().toISOString()
    await norte.owner('house_marks').insert({ name: 'dated-facts-since', value })
    const dated = aDay()
    await norte.consult(julia, false)
    const told = await norte.asOf(julia, newsletter, before)
    expect(told.decision.reason).toBe('SUPPRESSION_LIST_CHECK_STALE')
    expect(told.knew.filter(({ known }) => !known).map(({ fact }) => fact)).toEqual([
      'account',
      'residence',
      'contact-point',
      'exclusion-lists',
      'recipient',
    ])
    const later = await norte.asOf(julia, newsletter, dated)
    expect(later.decision.reason).toBe('SOFT_OPT_IN')
    expect(later.knew.every(({ known }) => known)).toBe(true)
    // Whoever came after the mark has a whole past, whatever they are asked about.
    const karim = await norte.register('Karim')
    norte.pass(day)
    const { knew } = await norte.asOf(karim, newsletter, norte.clock.now())
    expect(knew.every(({ known }) => known)).toBe(true)
    await norte.owner('house_marks').where({ name: 'dated-facts-since' }).delete()
  })
})

test('the kept past is append-only for the application (R89)', async () => {
  for (const table of [
    'subject_changes',
    'former_identifiers',
    'exclusion_check_history',
    'recipient_changes',
  ])
    for (const act of [norte.lane(table).delete(), norte.lane.raw('truncate ??', [table])])
      await expect(act).rejects.toThrow(/permission denied/)
})
