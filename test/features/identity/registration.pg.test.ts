import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  describeSubject,
  identityPersonalData,
  lockSubject,
  registerSubject,
  sweepIdentityArtefacts,
} from '../../../src/features/identity/index.ts'
import { SealBroken } from '../../../src/platform/crypto/index.ts'
import { emailOf, evidence, type House, openHouse } from './house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

describe('creating an account', () => {
  it('keeps subject, key, sealed address, proof and event together', async () => {
    const subjectId = await house.register('Ana.Lopez@Example.es')
    const ana = await describeSubject(house.deps, subjectId)
    expect(ana).toMatchObject({ state: 'active', jurisdiction: 'ES', language: 'es', passkeys: [] })
    expect(ana?.email).toBe('Ana.Lopez@example.es')
    expect(await house.eventsOf(subjectId)).toEqual(['subject.registered'])
    const { actions, verdict } = await house.trailOf(subjectId)
    expect(actions).toEqual(['subject.registered'])
    expect(verdict.intact).toBe(true)
  })

  it('leaves no address in clear anywhere in the database', async () => {
    await house.register('secreta.direccion@example.es')
    const tables = await house.owner.raw(
      "select table_name from information_schema.tables where table_schema = 'public'",
    )
    for (const { table_name: table } of tables.rows) {
      const { rows } = await house.owner.raw(
        "select count(*)::int as found from ?? t where t::text ilike '%direccion%' or t::text ilike ?",
        [table, `%${Buffer.from('secreta.direccion').toString('hex')}%`],
      )
      expect(rows[0].found, table).toBe(0)
    }
  })

  it('gives one of twenty parallel registrations of one mailbox the address, in any spelling', async () => {
    const spellings = ['bruno@example.es', 'Bruno@example.es', 'BRUNO@EXAMPLE.ES', ' bruno@Example.es ']
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) => house.register(spellings[turn % 4] ?? '')),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of tries) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'identifier-taken' })
    }
  })

  it('leaves nothing behind when what belongs to it fails', async () => {
    const before = await house.owner('subjects').count()
    await expect(
      registerSubject(
        house.deps,
        {
          email: emailOf('carmen@example.es'),
          emailProvenAt: house.clock.now(),
          language: 'es',
          jurisdiction: 'ES',
          evidence,
        },
        async () => {
          throw new Error('what she declared could not be kept')
        },
      ),
    ).rejects.toThrow('could not be kept')
    expect(await house.owner('subjects').count()).toEqual(before)
    expect(await house.reads.identifiers.findSubject(house.indexOf('carmen@example.es'))).toBeUndefined()
  })

  it('is unreadable for good once the key is gone', async () => {
    const subjectId = await house.register('diego@example.es')
    await house.owner('subject_keys').where({ subject_id: subjectId }).delete()
    house.sealer.forget(subjectId)
    await expect(describeSubject(house.deps, subjectId)).rejects.toBeInstanceOf(SealBroken)
  })
})

describe('what the room holds', () => {
  it('is told to the person, without keys and hashes', async () => {
    const subjectId = await house.register('elena@example.es', { passwordHash: 'p0:$argon2id$secret' })
    const data = await identityPersonalData(house.deps).exportData(subjectId)
    expect(data['identifiers']).toMatchObject([{ kind: 'email', value: 'elena@example.es' }])
    expect(data['passwords']).toHaveLength(1)
    expect(data['subject_links']).toEqual([])
    expect(data['push_browsers']).toEqual([])
    expect(JSON.stringify(data)).not.toContain('argon2id')
  })

  it('tells what the account was before, and until when; a state that is what it was already changed nothing', async () => {
    const subjectId = await house.register('fatima@example.es')
    const actor = { kind: 'system', name: 'test' } as const
    house.at('2026-11-22T10:30:00Z')
    await lockSubject(house.deps, { subjectId, to: 'lock', actor, reason: 'reported stolen' })
    house.at('2026-11-22T10:45:00Z')
    await lockSubject(house.deps, { subjectId, to: 'unlock', actor, reason: 'owner called' })
    await house.deps.work(async ({ subjects, audit }) => {
      const at = house.clock.now()
      await subjects.setState(subjectId, 'active', at)
      await audit.record({ action: 'test', actor, at, subjectId })
    })
    const data = await identityPersonalData(house.deps).exportData(subjectId)
    expect(data['subject_changes']).toEqual([
      { aspect: 'state', was: 'active', until: new Date('2026-11-22T10:30:00Z') },
      { aspect: 'state', was: 'locked', until: new Date('2026-11-22T10:45:00Z') },
    ])
    expect(data['former_identifiers']).toEqual([])
  })

  it('lets go of codes, challenges and counters when their time is over, and of nothing else', async () => {
    house.at('2026-11-22T10:00:00Z')
    const { challenges, failures } = house.artefacts
    const ceremony = { purpose: 'sign-in', boundTo: 'x' } as const
    const issued = challenges.issue(ceremony, new Date('2026-11-22T10:05:00Z'))
    const challenge = Buffer.from(issued).toString('base64url')
    expect(await challenges.consume({ ...ceremony, challenge, now: house.clock.now() })).toBe(true)
    expect(await house.owner('webauthn_challenges').select('*')).toHaveLength(1)
    await failures.beginTry(Buffer.from('old'), house.clock.now(), [0, 0])
    house.at('2026-11-24T10:00:00Z')
    await failures.beginTry(Buffer.from('new'), house.clock.now(), [0, 0])
    await sweepIdentityArtefacts(house.lane, house.clock.now())
    expect(await house.owner('webauthn_challenges').select('*')).toHaveLength(0)
    expect(await house.owner('sign_in_failures').select('*')).toHaveLength(2)
    house.at('2026-12-23T11:00:00Z')
    await sweepIdentityArtefacts(house.lane, house.clock.now())
    expect(await house.owner('sign_in_failures').select('account_index')).toHaveLength(1)
  })
})
