import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { removePasskey, renamePasskey } from '../../../src/features/identity/index.ts'
import type { Assurance } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import { evidence, type House, openHouse } from './house.ts'
import { passkeyCeremonies } from './passkey-ceremonies.ts'

const origin = 'http://localhost:4000'
let house: House
let ana: SubjectId
let phone: SoftwareAuthenticator
let people = 0

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  house.at('2026-11-22T10:00:00Z')
  people += 1
  ana = await house.register(`ana${people}@example.es`)
  phone = new SoftwareAuthenticator(origin)
})

const { register, signIn } = passkeyCeremonies(() => ({ house, subjectId: ana, phone }))

describe('removing a passkey', () => {
  const remove = (passkeyId: string, assurance: Assurance = 'passkey', at = house.clock.now()) =>
    removePasskey(house.deps, {
      subjectId: ana,
      passkeyId: passkeyId as never,
      proof: { assurance, at },
      evidence,
    })

  it('never takes the last one (R76)', async () => {
    const { passkeyId } = await register()
    await expect(remove(passkeyId)).rejects.toMatchObject({ code: 'last-factor' })
    const second = await register({ assurance: 'passkey', authenticator: new SoftwareAuthenticator(origin) })
    await expect(remove(passkeyId)).resolves.toMatchObject({ name: 'Google Password Manager' })
    await expect(remove(second.passkeyId)).rejects.toMatchObject({ code: 'last-factor' })
    await expect(signIn()).rejects.toMatchObject({ code: 'passkey-unknown' })
    expect(await house.eventsOf(ana)).toContain('passkey.removed')
  })

  it('lets one of two parallel removals through when there are two passkeys', async () => {
    const first = await register()
    const second = await register({ assurance: 'passkey', authenticator: new SoftwareAuthenticator(origin) })
    const tries = await Promise.allSettled([remove(first.passkeyId), remove(second.passkeyId)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await house.reads.passkeys.list(ana)).toHaveLength(1)
  })

  it('needs a passkey proven within five minutes (R76)', async () => {
    const { passkeyId } = await register()
    await register({ assurance: 'passkey', authenticator: new SoftwareAuthenticator(origin) })
    await expect(remove(passkeyId, 'password')).rejects.toMatchObject({ code: 'step-up-needed' })
    await expect(remove(passkeyId, 'passkey', new Date('2026-11-22T09:54:59Z'))).rejects.toMatchObject({
      code: 'sign-in-too-old',
    })
  })

  it('reaches only the own ones, and so does renaming', async () => {
    const bruno = await house.register(`bruno${people}@example.es`)
    const { passkeyId } = await register({
      subjectId: bruno,
      authenticator: new SoftwareAuthenticator(origin),
    })
    await register()
    await expect(remove(passkeyId)).rejects.toMatchObject({ code: 'passkey-not-found' })
    const rename = (subjectId: SubjectId, name: string) =>
      renamePasskey(house.deps, { subjectId, passkeyId, name, assurance: 'passkey', evidence })
    await expect(rename(ana, 'Mía')).rejects.toMatchObject({ code: 'passkey-not-found' })
    await rename(bruno, '  El   móvil ')
    expect((await house.reads.passkeys.list(bruno))[0]?.name).toBe('El móvil')
    await expect(rename(bruno, '   ')).rejects.toMatchObject({ code: 'passkey-name' })
  })
})
