import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  lockSubject,
  registerPasskey,
  signInWithPasskey,
} from '../../../src/features/identity/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type Bend, SoftwareAuthenticator } from '../../support/software-authenticator.ts'
import { evidence, type House, openHouse } from './house.ts'
import { otherProcess } from './other-process.ts'
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

const { entering, identity, register, signIn } = passkeyCeremonies(() => ({ house, subjectId: ana, phone }))

const refusal = { failure: 'refused', code: 'passkey-refused' }

describe('making a passkey', () => {
  it('asks for a discoverable one, with the person verified, and offers three algorithms', async () => {
    const options = await beginPasskeyRegistration(identity(), {
      subjectId: ana,
      accountName: 'ana@example.es',
      boundTo: 'flow-1',
      silently: false,
    })
    expect(options.authenticatorSelection).toMatchObject({
      residentKey: 'required',
      userVerification: 'required',
    })
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257])
    expect(options.attestation).toBe('none')
    expect(Buffer.from(options.challenge, 'base64url').byteLength).toBeGreaterThanOrEqual(32)
    expect(Buffer.from(options.user.id, 'base64url').toString('hex')).toBe(ana.replaceAll('-', ''))
  })

  it('names the card after who keeps it, on record and told to others', async () => {
    expect(await register()).toMatchObject({ name: 'Google Password Manager' })
    const [kept] = await house.reads.passkeys.list(ana)
    expect(kept).toMatchObject({ backupEligible: true, backedUp: true, counter: 0 })
    expect((await house.trailOf(ana)).actions).toContain('passkey.added')
    expect(await house.eventsOf(ana)).toContain('passkey.added')
  })

  const bent: readonly (readonly [string, Bend])[] = [
    ['another type of ceremony', { type: 'webauthn.get' }],
    ['a challenge that nobody gave', { challenge: randomBytes(32).toString('base64url') }],
    ['a page of another origin', { origin: 'http://localhost:4001' }],
    ['a page of a subdomain', { origin: 'http://evil.localhost:4000' }],
    ['https instead of http', { origin: 'https://localhost:4000' }],
    ['a frame of another site', { crossOrigin: true }],
    ['a frame that names its top', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['a top origin although it is none', { topOrigin: origin }],
    ['another relying party', { rpId: 'evil.example' }],
    ['nobody present', { flags: { up: false } }],
    ['the person not verified', { flags: { uv: false } }],
    ['backed up although it cannot be', { flags: { be: false, bs: true } }],
    ['an algorithm that was not offered', { algorithm: -37 }],
    ['another format of attestation', { format: 'android-safetynet' }],
    ['a statement where there should be none', { statement: new Map([['sig', new Uint8Array(8)]]) }],
    ['another credential type', { credentialType: 'password' }],
    ['an id that is not the credential', { id: randomBytes(32).toString('base64url') }],
    ['a rawId that is not the id', { rawId: randomBytes(32).toString('base64url') }],
    ['an id of 1024 bytes', { credentialId: randomBytes(1024) }],
    ['client data that is not JSON', { clientDataJSON: Buffer.from('{').toString('base64url') }],
    ['an attestation that is not CBOR', { attestationObject: 'AAAA' }],
  ]
  it.each(bent)('refuses %s (R74, VC25)', async (_what, bend) => {
    await expect(register({ bend })).rejects.toMatchObject(refusal)
    expect(await house.reads.passkeys.list(ana)).toHaveLength(0)
    await expect(register(), 'negative control: unbent').resolves.toMatchObject({
      passkeyId: expect.any(String),
    })
  })

  it('takes a credential id of 1023 bytes', async () => {
    await expect(register({ bend: { credentialId: randomBytes(1023) } })).resolves.toBeDefined()
  })

  it.each(['nonsense', '{}', '[]', 'null', '"x"', JSON.stringify({ id: 'x'.repeat(50_000) })])(
    'refuses an answer that is none: %.20s',
    async (response) => {
      await expect(
        registerPasskey(identity(), {
          subjectId: ana,
          silently: false,
          response,
          boundTo: 'flow-1',
          proof: { assurance: 'code', at: house.clock.now() },
          fallbackName: 'Passkey',
          evidence,
        }),
      ).rejects.toMatchObject(refusal)
    },
  )

  it('belongs to the flow, the browser and the account it was asked for (R74)', async () => {
    await expect(register({ boundTo: 'flow-2' })).rejects.toMatchObject(refusal)
    const bruno = await house.register(`bruno${people}@example.es`)
    const asked = await beginPasskeyRegistration(identity(), {
      subjectId: ana,
      accountName: 'ana',
      boundTo: 'flow-1',
      silently: false,
    })
    await expect(
      registerPasskey(identity(), {
        subjectId: bruno,
        silently: false,
        response: JSON.stringify(phone.create(asked)),
        boundTo: 'flow-1',
        proof: { assurance: 'code', at: house.clock.now() },
        fallbackName: 'Passkey',
        evidence,
      }),
    ).rejects.toMatchObject(refusal)
  })

  it('must be answered within five minutes', async () => {
    const asked = await beginPasskeyRegistration(identity(), {
      subjectId: ana,
      accountName: 'ana',
      boundTo: 'flow-1',
      silently: false,
    })
    house.pass(301)
    await expect(
      registerPasskey(identity(), {
        subjectId: ana,
        silently: false,
        response: JSON.stringify(phone.create(asked)),
        boundTo: 'flow-1',
        proof: { assurance: 'code', at: house.clock.now() },
        fallbackName: 'Passkey',
        evidence,
      }),
    ).rejects.toMatchObject(refusal)
  })

  it('never gives one credential id to two people (WebAuthn L3 7.1)', async () => {
    const credentialId = randomBytes(32)
    await register({ bend: { credentialId } })
    const bruno = await house.register(`bruno${people}@example.es`)
    const thief = new SoftwareAuthenticator(origin)
    await expect(
      register({ subjectId: bruno, authenticator: thief, bend: { credentialId } }),
    ).rejects.toMatchObject(refusal)
    expect(await signIn()).toMatchObject({ subjectId: ana })
  })

  it('needs a fresh proof at the highest level the account has (R76, R78)', async () => {
    await expect(register({ at: new Date('2026-11-22T09:54:59Z') })).rejects.toMatchObject({
      code: 'sign-in-too-old',
    })
    await register()
    const tablet = new SoftwareAuthenticator(origin)
    for (const assurance of ['code', 'password'] as const) {
      await expect(register({ assurance, authenticator: tablet })).rejects.toMatchObject({
        code: 'step-up-needed',
      })
    }
    await expect(register({ assurance: 'passkey', authenticator: tablet })).resolves.toBeDefined()
  })

  it('is not added to an account that was locked in the meantime (R31)', async () => {
    const actor = { kind: 'system', name: 'test' } as const
    await lockSubject(house.deps, { subjectId: ana, to: 'lock', actor, reason: 'reported stolen' })
    await expect(register()).rejects.toMatchObject({ code: 'account-closed' })
  })

  it('may be made by the browser itself only where that was what was asked for', async () => {
    const unseen = { flags: { up: false, uv: false } }
    await expect(register({ bend: unseen })).rejects.toMatchObject(refusal)
    await expect(register({ bend: unseen, silently: true })).resolves.toBeDefined()
  })
})

describe('signing in with a passkey', () => {
  beforeEach(async () => {
    await register()
  })

  it('needs nothing else, and names nobody in its options (R63)', async () => {
    const options = await beginPasskeySignIn(identity(), { boundTo: 'flow-1' })
    expect(options.allowCredentials ?? []).toEqual([])
    expect(options.userVerification).toBe('required')
    expect(await signIn()).toMatchObject({ subjectId: ana, assurance: 'passkey' })
    expect((await house.reads.passkeys.list(ana))[0]?.lastUsedAt).toEqual(house.clock.now())
  })

  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const bent: readonly (readonly [string, Bend])[] = [
    ['another type of ceremony', { type: 'webauthn.create' }],
    ['a challenge that nobody gave', { challenge: randomBytes(32).toString('base64url') }],
    ['a page of another origin', { origin: 'http://localhost:4001' }],
    ['a frame without a top origin', { crossOrigin: true }],
    ['a frame of another site', { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['a top origin although it is none', { topOrigin: origin }],
    ['another relying party', { rpId: 'evil.example' }],
    ['nobody present', { flags: { up: false } }],
    ['the person not verified', { flags: { uv: false } }],
    ['a credential that is no longer eligible for backup', { flags: { be: false, bs: false } }],
    ['backed up although it cannot be', { flags: { be: false, bs: true } }],
    ['no user handle', { userHandle: null }],
    ['the user handle of another', { userHandle: randomBytes(16).toString('base64url') }],
    ['a signature by another key', { signWith: stranger }],
    ['no proper signature', { signature: 'AAAA' }],
    ['another credential type', { credentialType: 'password' }],
    ['a rawId that is not the id', { rawId: randomBytes(32).toString('base64url') }],
    [
      'authenticator data changed after signing',
      { authenticatorData: (honest) => Buffer.concat([honest, Buffer.from([1])]) },
    ],
    ['cut authenticator data', { authenticatorData: (honest) => honest.subarray(0, 20) }],
  ]
  it.each(bent)('refuses %s (R75, VC25)', async (_what, bend) => {
    await expect(signIn({ bend })).rejects.toMatchObject(refusal)
    await expect(signIn(), 'negative control: unbent').resolves.toMatchObject({ subjectId: ana })
  })

  it('refuses a signature over other data', async () => {
    const change = (response: object) => {
      const copy = structuredClone(response) as { response: { signature: string } }
      copy.response.signature = `${copy.response.signature.slice(0, -4)}AAAA`
      return copy
    }
    await expect(signIn({ change })).rejects.toMatchObject(refusal)
  })

  it('says of a credential nobody has that it is unknown, so that the browser may forget it', async () => {
    const { passkeyId } = (await house.reads.passkeys.list(ana))[0] ?? {}
    await house.owner('passkeys').where({ passkey_id: passkeyId }).delete()
    await house.owner('passkey_lookups').where({ passkey_id: passkeyId }).delete()
    await expect(signIn()).rejects.toMatchObject({ code: 'passkey-unknown' })
  })

  it('answers a challenge once: of twenty parallel answers one gets in (R75)', async () => {
    const asked = await beginPasskeySignIn(identity(), { boundTo: 'flow-1' })
    const response = JSON.stringify(phone.get(asked))
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        signInWithPasskey(entering(), { response, boundTo: 'flow-1', evidence }),
      ),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('consumes a challenge once over two processes (R75)', async () => {
    const { challenge } = await beginPasskeySignIn(identity(), { boundTo: 'flow-1' })
    const other = otherProcess(house, { do: 'consume', challenge, boundTo: 'flow-1', times: 20 })
    await other.ready()
    const response = JSON.stringify(phone.get({ challenge, rpId: 'localhost' }))
    const [there, here] = await Promise.all([
      other.go(),
      Promise.allSettled(
        Array.from({ length: 20 }, () =>
          signInWithPasskey(entering(), { response, boundTo: 'flow-1', evidence }),
        ),
      ),
    ])
    const consumed =
      there.filter((answer) => answer === 'consumed').length +
      here.filter(({ status }) => status === 'fulfilled').length
    expect(consumed).toBe(1)
  })

  it('uses a challenge up even when the answer was wrong', async () => {
    const asked = await beginPasskeySignIn(identity(), { boundTo: 'flow-1' })
    const bad = JSON.stringify(phone.get(asked, { signWith: stranger }))
    const good = JSON.stringify(phone.get(asked))
    const tryOut = (response: string) =>
      signInWithPasskey(entering(), { response, boundTo: 'flow-1', evidence })
    await expect(tryOut(bad)).rejects.toMatchObject(refusal)
    await expect(tryOut(good)).rejects.toMatchObject(refusal)
  })

  it('is bound to the flow and the browser that asked', async () => {
    await expect(signIn({ boundTo: 'flow-2' })).rejects.toMatchObject(refusal)
  })

  it('takes in a step-up only a passkey of the person who steps up', async () => {
    const bruno = await house.register(`bruno${people}@example.es`)
    const tablet = new SoftwareAuthenticator(origin)
    await register({ subjectId: bruno, authenticator: tablet })
    const asked = await beginPasskeySignIn(identity(), { boundTo: 'flow-1', subjectId: ana })
    expect(asked.allowCredentials).toHaveLength(1)
    const response = JSON.stringify(tablet.get({ ...asked, allowCredentials: [] }))
    await expect(
      signInWithPasskey(entering(), { response, boundTo: 'flow-1', subjectId: ana, evidence }),
    ).rejects.toMatchObject(refusal)
    expect(await signIn({ expected: ana })).toMatchObject({ subjectId: ana })
  })
})

describe('a passkey that counts', () => {
  it('must count upwards; one that does not is refused, on record and told to others (R75)', async () => {
    phone = new SoftwareAuthenticator(origin, { flags: { be: false, bs: false }, counts: true })
    await register()
    await signIn()
    await signIn()
    await expect(signIn({ bend: { counter: 2 } })).rejects.toMatchObject(refusal)
    await expect(signIn({ bend: { counter: 0 } })).rejects.toMatchObject(refusal)
    expect((await house.trailOf(ana)).actions).toContain('passkey.counter-regressed')
    expect(await house.eventsOf(ana)).toContain('passkey.counter-regressed')
    await expect(signIn({ bend: { counter: 9 } }), 'negative control').resolves.toBeDefined()
  })
})
