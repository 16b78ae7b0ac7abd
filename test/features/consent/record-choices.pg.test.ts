import { compactVerify, importJWK } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  consentOverview,
  decideFor,
  findReceipt,
  type RecordChoices,
  recordChoices,
} from '../../../src/features/consent/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { StaffId, SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, house, openConsentHouse } from './consent-house.ts'

const newsletterQuery = {
  system: 'newsletter',
  purpose: 'marketing.direct',
  contactChannel: 'email',
  attribute: 'email',
  ...house,
} as const

const ledgerTables = ['consent_events', 'permissions', 'receipts', 'outbox_events'] as const
const ways = [
  ['one statement shared with others', 'shared'],
  ['a unit of work of its own', 'alone'],
] as const
describe.each(ways)('recorded in %s', (_, writes) => {
  let norte: ConsentHouse
  beforeAll(async () => {
    norte = await openConsentHouse({ writes })
  })
  afterAll(() => norte.close())

  const mayWrite = async (subjectId: SubjectId) =>
    (await decideFor(norte.parts, subjectId, [newsletterQuery]))?.[0]?.decision

  const counts = async (subjectId: SubjectId) =>
    Object.fromEntries(
      await Promise.all(
        ledgerTables.map(async (table) => [table, await norte.count(table, subjectId)] as const),
      ),
    )

  test('Ana says yes to e-mail and no to SMS in one act, and only the e-mail may be written to', async () => {
    const ana = await norte.register('Ana')
    expect(await mayWrite(ana)).toBe('DENY')
    const outcome = await recordChoices(
      norte.parts,
      norte.command(ana, [
        norte.choice('marketing.direct', 'email', 'yes'),
        norte.choice('marketing.direct', 'sms', 'no'),
      ]),
    )
    expect(outcome).toMatchObject({ outcome: 'recorded', repeated: false })
    expect(await mayWrite(ana)).toBe('PERMIT')
    const kept = await norte.parts.records.permissionsOf(ana)
    expect(
      kept.map(({ purpose, contactChannel, decision, attributes }) => [
        purpose,
        contactChannel,
        decision,
        attributes,
      ]),
    ).toEqual([
      ['marketing.direct', 'email', 'PERMIT', ['email', 'given_name']],
      ['marketing.direct', 'sms', 'DENY', []],
    ])
  })

  test('every event pins the exact text, who acted and how, and its evidence is sealed (R89)', async () => {
    const bruno = await norte.register('Bruno')
    await norte.say(bruno, 'marketing.direct', 'email', 'yes')
    const [row] = await norte.owner('consent_events').where('subject_id', bruno)
    const [notice] = await norte.owner('notices').where({ notice_id: 'notice-marketing.direct' })
    expect(row).toMatchObject({
      type: 'given',
      notice_id: 'notice-marketing.direct',
      notice_language: 'es',
      default_state: 'unticked',
      actor: 'subject',
      channel: 'web',
      jurisdiction: 'ES',
    })
    expect(row.notice_sha256).toEqual(notice.text_sha256)
    expect(row.sealed_evidence.toString('latin1')).not.toContain('203.0.113')
  })

  test('the receipt is a signed JWS that verifies with the published key and holds the words that were shown', async () => {
    const carmen = await norte.register('Carmen')
    const outcome = await norte.say(carmen, 'marketing.direct', 'email', 'yes')
    if (outcome.outcome !== 'recorded') throw new Error('not recorded')
    const receipt = await findReceipt(
      { ...norte.parts, sealer: norte.sealer },
      {
        subjectId: carmen,
        receiptId: outcome.receiptId,
      },
    )
    const { payload, protectedHeader } = await compactVerify(
      receipt?.jws ?? '',
      await importJWK(norte.publicJwk, 'ES256'),
    )
    expect(protectedHeader).toMatchObject({ typ: 'consent-receipt+jwt', alg: 'ES256' })
    const claims = JSON.parse(new TextDecoder().decode(payload))
    expect(claims.iss).toBe('https://id.tiendanorte.example')
    expect(claims.receipt.events[0].wording).toContain('Texto completo, versión 1')
    expect(JSON.stringify(claims)).not.toContain(carmen)
    expect(JSON.stringify(claims)).not.toContain('carmen@correo.example')
  })

  test('nobody else finds the receipt', async () => {
    const diego = await norte.register('Diego')
    const elena = await norte.register('Elena')
    const outcome = await norte.say(diego, 'marketing.direct', 'email', 'no')
    if (outcome.outcome !== 'recorded') throw new Error('not recorded')
    const found = await findReceipt(
      { ...norte.parts, sealer: norte.sealer },
      { subjectId: elena, receiptId: outcome.receiptId },
    )
    expect(found).toBeUndefined()
  })

  const strangers: readonly [string, (subjectId: SubjectId) => Actor][] = [
    [
      'a member of staff',
      () => ({
        kind: 'staff',
        staffId: norte.entropy.id() as StaffId,
        roles: ['agent'],
        assurance: 'passkey',
      }),
    ],
    ['a client', () => ({ kind: 'client', clientId: 'tienda-web' })],
    ['the system', () => ({ kind: 'system', name: 'import' })],
    ['another person', () => ({ kind: 'subject', subjectId: norte.entropy.id(), assurance: 'passkey' })],
    [
      'a guardian nobody verified',
      () => ({ kind: 'guardian', guardianId: norte.entropy.id(), assurance: 'passkey' }),
    ],
    ['nobody in particular', () => ({ kind: 'anonymous' })],
  ]
  test.each(strangers)('%s cannot say yes for Fátima, and nothing is kept', async (_, actorFor) => {
    const fatima = await norte.register(`Fatima${Math.random()}`)
    const before = await counts(fatima)
    const attempt = recordChoices(
      norte.parts,
      norte.command(fatima, [norte.choice('marketing.direct', 'email', 'yes')], { actor: actorFor(fatima) }),
    )
    await expect(attempt).rejects.toMatchObject({ failure: 'refused' })
    expect(await counts(fatima)).toEqual(before)
  })

  test('an agent may carry her no', async () => {
    const gloria = await norte.register('Gloria')
    await norte.say(gloria, 'marketing.direct', 'email', 'yes')
    norte.pass(1000)
    const agent: Actor = {
      kind: 'staff',
      staffId: norte.entropy.id(),
      roles: ['agent'],
      assurance: 'passkey',
    }
    await recordChoices(
      norte.parts,
      norte.command(gloria, [norte.choice('marketing.direct', 'email', 'no')], { actor: agent }),
    )
    expect(await mayWrite(gloria)).toBe('DENY')
    const types = await norte
      .owner('consent_events')
      .where('subject_id', gloria)
      .orderBy('occurred_at')
      .pluck('actor')
    expect(types).toEqual(['subject', 'agent'])
  })

  test('a verified guardian can say yes', async () => {
    const hugo = await norte.register('Hugo', { values: { birth_date: '2016-05-01' } })
    const choices = [norte.choice('marketing.direct', 'email', 'yes')]
    await recordChoices(norte.parts, norte.command(hugo, choices))
    expect((await decideFor(norte.parts, hugo, [newsletterQuery]))?.[0]?.reason).toBe(
      'PARENTAL_CONSENT_MISSING',
    )
    norte.pass(1000)
    const guardian: Actor = { kind: 'guardian', guardianId: norte.entropy.id(), assurance: 'passkey' }
    await recordChoices(
      { ...norte.parts, isGuardianOf: async () => true },
      norte.command(hugo, choices, { actor: guardian }),
    )
    expect(await mayWrite(hugo)).toBe('PERMIT')
  })

  test('a control that was ticked by default is refused as a whole (R94)', async () => {
    const irene = await norte.register('Irene')
    const ticked = { ...norte.choice('marketing.direct', 'email', 'yes'), defaultState: 'ticked' as const }
    const attempt = recordChoices(
      norte.parts,
      norte.command(irene, [norte.choice('marketing.direct', 'sms', 'no'), ticked]),
    )
    await expect(attempt).rejects.toMatchObject({ code: 'choice_ticked_by_default' })
    expect(await norte.count('consent_events', irene)).toBe(0)
  })

  test('a wording that was never published is refused', async () => {
    const javier = await norte.register('Javier')
    const real = norte.choice('marketing.direct', 'email', 'yes')
    const forged = { ...real, notice: { ...real.notice, textHash: 'AAAA' } }
    await expect(recordChoices(norte.parts, norte.command(javier, [forged]))).rejects.toMatchObject({
      code: 'notice_unknown',
    })
    const swapped = { ...real, notice: norte.choice('personalisation.onsite', 'none', 'yes').notice }
    await expect(recordChoices(norte.parts, norte.command(javier, [swapped]))).rejects.toMatchObject({
      code: 'notice_unknown',
    })
  })

  test('the same command sent again answers with the receipt it has; another under its key is refused (R92)', async () => {
    const laura = await norte.register('Laura')
    const command = norte.command(laura, [norte.choice('marketing.direct', 'email', 'yes')])
    const first = await recordChoices(norte.parts, command)
    const second = await recordChoices(norte.parts, command)
    expect(second).toEqual({ ...first, repeated: true })
    const other: RecordChoices = { ...command, choices: [norte.choice('marketing.direct', 'sms', 'yes')] }
    await expect(recordChoices(norte.parts, other)).rejects.toMatchObject({
      failure: 'invalid',
      code: 'idempotency-key-reused',
    })
    expect(await norte.count('consent_events', laura)).toBe(1)
  })

  test('fifty parallel sendings of one command make one fact (R92)', async () => {
    const mario = await norte.register('Mario')
    const command = norte.command(mario, [norte.choice('marketing.direct', 'email', 'yes')])
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => recordChoices(norte.parts, command)))
    expect(new Set(outcomes.map((outcome) => outcome.outcome === 'recorded' && outcome.receiptId)).size).toBe(
      1,
    )
    expect(await norte.count('consent_events', mario)).toBe(1)
    expect(await norte.count('receipts', mario)).toBe(1)
  })

  test('a form that only repeats what stands records nothing new', async () => {
    const nuria = await norte.register('Nuria')
    await norte.say(nuria, 'marketing.direct', 'email', 'yes')
    norte.pass(60_000)
    expect(await norte.say(nuria, 'marketing.direct', 'email', 'yes')).toEqual({ outcome: 'unchanged' })
    expect(await norte.count('consent_events', nuria)).toBe(1)
  })

  test('taking a yes back is the same command, and is written down as a withdrawal', async () => {
    const olga = await norte.register('Olga')
    await norte.say(olga, 'marketing.direct', 'email', 'yes')
    norte.pass(60_000)
    await norte.say(olga, 'marketing.direct', 'email', 'no')
    const overview = await consentOverview(norte.parts, { subjectId: olga, ...house })
    const choice = overview?.choices.find(
      ({ key }) => key.purpose === 'marketing.direct' && key.contactChannel === 'email',
    )
    expect(choice?.state).toBe('WITHDRAWN')
    expect(await mayWrite(olga)).toBe('DENY')
  })

  test('two acts at the same moment both count: neither is lost, and the permissions know both', async () => {
    const pablo = await norte.register('Pablo')
    await Promise.all([
      norte.say(pablo, 'marketing.direct', 'email', 'yes'),
      norte.say(pablo, 'personalisation.onsite', 'none', 'yes'),
    ])
    const kept = await norte.parts.records.permissionsOf(pablo)
    expect(kept.filter(({ decision }) => decision === 'PERMIT').map(({ purpose }) => purpose)).toEqual([
      'marketing.direct',
      'personalisation.onsite',
    ])
    const [subject] = await norte.owner('subjects').where('subject_id', pablo)
    expect(Number(subject.consent_epoch)).toBe(2)
  })

  test('when the process dies between the fact and its proof, nothing of the act is left', async () => {
    const quique = await norte.register('Quique')
    const before = await counts(quique)
    const dying: typeof norte.parts.work = (act) =>
      norte.parts.work(async (tx) => {
        const result = await act(tx)
        expect(result).toBeUndefined()
        throw new Error('killed before the commit')
      })
    const attempt = recordChoices(
      { ...norte.parts, work: dying },
      norte.command(quique, [norte.choice('marketing.direct', 'email', 'yes')]),
    )
    await expect(attempt).rejects.toThrow('killed before the commit')
    expect(await counts(quique)).toEqual(before)
    expect(await mayWrite(quique)).toBe('DENY')
  })

  test('the application cannot change or remove a fact: its role has no right to (R89)', async () => {
    const rosa = await norte.register('Rosa')
    await norte.say(rosa, 'marketing.direct', 'email', 'no')
    const client = new pg.Client(norte.database.appConnection)
    await client.connect()
    try {
      for (const statement of [
        "update consent_events set type = 'given'",
        'delete from consent_events',
        'truncate consent_events',
        "update notices set text = 'otro'",
        'delete from receipts',
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
      }
    } finally {
      await client.end()
    }
  })

  test('nothing is recorded for somebody whose data are blocked', async () => {
    const sara = await norte.register('Sara')
    await norte.owner('subjects').where('subject_id', sara).update({ state: 'blocked' })
    await expect(norte.say(sara, 'marketing.direct', 'email', 'yes')).rejects.toMatchObject({
      code: 'subject-not-active',
    })
  })
})

describe('a unit of work of its own', () => {
  let norte: ConsentHouse
  beforeAll(async () => {
    norte = await openConsentHouse({ writes: 'alone' })
  })
  afterAll(() => norte.close())

  test('when its connection is cut between the fact and its proof, nothing of the act is left either', async () => {
    const ruben = await norte.register('Ruben')
    const before = await norte.count('consent_events', ruben)
    const events = await norte.count('outbox_events', ruben)
    const cut: typeof norte.work = (act) =>
      norte.work(async (tx) => {
        const result = await act(tx)
        await norte.owner.raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'placet:test' and state = 'idle in transaction'`,
        )
        return result
      })
    const attempt = recordChoices(
      { ...norte.parts, work: cut },
      norte.command(ruben, [norte.choice('marketing.direct', 'email', 'yes')]),
    )
    await expect(attempt).rejects.toThrow()
    expect(await norte.count('consent_events', ruben)).toBe(before)
    expect(await norte.count('receipts', ruben)).toBe(0)
    expect(await norte.count('permissions', ruben)).toBe(0)
    expect(await norte.count('outbox_events', ruben)).toBe(events)
  })
})
