import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { objectToPurpose, recordChoices } from '../../../src/features/consent/index.ts'
import {
  claimsByScope,
  createClient,
  disclosuresByRecipient,
  pgDisclosureLog,
  pgDisclosureReads,
  pgReleaseReader,
  previewClaims,
  type ReleaseParts,
  registerRecipient,
  releaseClaims,
} from '../../../src/features/recipients/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import {
  type ConsentHouse,
  dpo,
  evidence,
  house,
  openConsentHouse,
  purposes,
} from '../consent/consent-house.ts'

let norte: ConsentHouse
let parts: ReleaseParts
const everyScope = ['openid', 'profile', 'email', 'phone', 'address', 'attributes']
const claimsOfClub = ['email', 'email_verified', 'given_name']

const release = (
  subjectId: SubjectId,
  clientId: string,
  scopes = everyScope,
  requestedClaims: string[] = [],
) => releaseClaims(parts)({ subjectId, clientId, exit: 'userinfo', scopes, requestedClaims })

const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
if (newsletter === undefined) throw new Error('no newsletter purpose')
const { title: _, ...newsletterDraft } = newsletter
const club = {
  ...newsletterDraft,
  id: 'marketing.club',
  position: 50,
  contactChannels: ['email'] as const,
  validity: 'P1M',
}

beforeAll(async () => {
  norte = await openConsentHouse()
  await norte.publish(club, 'Club', 1)
  await registerRecipient(norte, {
    actor: dpo,
    recipient: {
      recipientId: 'club',
      name: 'Club Norte',
      role: 'processor',
      processingContract: true,
      thirdCountry: false,
      countries: ['ES'],
      purposes: ['marketing.club'],
    },
  })
  await norte.registry.refresh()
  const metadata = { client_name: 'x', token_endpoint_auth_method: 'none' }
  const common = { brandId: undefined, channel: 'api', metadata }
  for (const client of [
    {
      clientId: 'tienda-web',
      recipientId: 'shop',
      firstParty: true,
      purposeId: undefined,
      contactChannel: 'none',
    },
    {
      clientId: 'boletin',
      recipientId: 'newsletter',
      firstParty: false,
      purposeId: 'marketing.direct',
      contactChannel: 'email',
    },
    {
      clientId: 'mensajes',
      recipientId: 'newsletter',
      firstParty: false,
      purposeId: 'marketing.direct',
      contactChannel: 'sms',
    },
    {
      clientId: 'club',
      recipientId: 'club',
      firstParty: false,
      purposeId: 'marketing.club',
      contactChannel: 'email',
    },
    {
      clientId: 'sin-registro',
      recipientId: 'shop',
      firstParty: false,
      purposeId: 'marketing.direct',
      contactChannel: 'email',
    },
  ] as const) {
    await createClient(norte, { actor: dpo, client: { ...common, ...client } })
  }
  parts = {
    reader: pgReleaseReader(norte.reader, { sealer: norte.sealer, controller: house.controller }),
    disclosures: pgDisclosureLog(norte.sharedPool),
    registry: norte.registry,
    house,
    clock: norte.clock,
    entropy: norte.entropy,
  }
})
afterAll(() => norte.close())

test('the shop gets what the account needs and no more, however much it asks for', async () => {
  const ana = await norte.register('Ana', { values: { shoe_size: 38, birth_date: '1990-05-01' } })
  expect(await release(ana, 'tienda-web', everyScope, ['shoe_size', 'birthdate'])).toEqual({
    email: 'ana@correo.example',
    email_verified: true,
    given_name: 'Ana',
  })
})

test('a scope that was not granted releases nothing, whatever was consented to (VC31)', async () => {
  const bruno = await norte.register('Bruno')
  expect(await release(bruno, 'tienda-web', ['openid'])).toEqual({})
  expect(await release(bruno, 'tienda-web', ['openid', 'profile'])).toEqual({ given_name: 'Bruno' })
  expect(await release(bruno, 'tienda-web', ['openid'], ['email_verified'])).toEqual({
    email: 'bruno@correo.example',
    email_verified: true,
  })
})

test('the newsletter gets nothing before a yes, its claims after it, and nothing from the very next read on (R91)', async () => {
  const carmen = await norte.register('Carmen')
  expect(await release(carmen, 'boletin')).toEqual({})
  await norte.say(carmen, 'marketing.direct', 'email', 'yes')
  expect(Object.keys(await release(carmen, 'boletin')).sort()).toEqual(claimsOfClub)
  norte.pass(1000)
  await norte.say(carmen, 'marketing.direct', 'email', 'no')
  expect(await release(carmen, 'boletin')).toEqual({})
})

test('a yes to e-mail is none to SMS', async () => {
  const diego = await norte.register('Diego')
  await norte.say(diego, 'marketing.direct', 'email', 'yes')
  expect(await release(diego, 'mensajes')).toEqual({})
})

test('a client whose system is not registered for the purpose gets nothing, and neither does a disabled or unknown one', async () => {
  const elena = await norte.register('Elena')
  await norte.say(elena, 'marketing.direct', 'email', 'yes')
  expect(await release(elena, 'sin-registro')).toEqual({})
  expect(await release(elena, 'no-existe')).toEqual({})
  await norte.owner('clients').where({ client_id: 'boletin' }).update({ state: 'disabled' })
  expect(await release(elena, 'boletin')).toEqual({})
  await norte.owner('clients').where({ client_id: 'boletin' }).update({ state: 'active' })
  expect(await release(elena, 'boletin')).not.toEqual({})
})

test('everything that left is on record before it leaves, with its purpose and the consent it rests on', async () => {
  const fatima = await norte.register('Fatima')
  await norte.say(fatima, 'marketing.direct', 'email', 'yes')
  await release(fatima, 'boletin')
  await release(fatima, 'tienda-web', ['openid'])
  const received = await disclosuresByRecipient(
    { disclosures: pgDisclosureReads(norte.reader) },
    { subjectId: fatima },
  )
  const [event] = await norte.owner('consent_events').where('subject_id', fatima)
  expect(received).toMatchObject([
    {
      recipientId: 'newsletter',
      count: 1,
      disclosures: [
        {
          clientId: 'boletin',
          purpose: 'marketing.direct',
          purposeVersion: 1,
          attributes: ['email', 'given_name'],
          basis: 'consent',
          evidenceEventId: event.event_id,
        },
      ],
    },
  ])
})

test('when the record cannot be kept, nothing is answered', async () => {
  const gloria = await norte.register('Gloria')
  const failing = { ...parts, disclosures: { write: () => Promise.reject(new Error('disk full')) } }
  await expect(
    releaseClaims(failing)({
      subjectId: gloria,
      clientId: 'tienda-web',
      exit: 'userinfo',
      scopes: everyScope,
      requestedClaims: [],
    }),
  ).rejects.toThrow('disk full')
})

test('many releases at once share commits and none is lost', async () => {
  const hugo = await norte.register('Hugo')
  await Promise.all(Array.from({ length: 60 }, () => release(hugo, 'tienda-web')))
  expect(await norte.count('recipient_disclosures', hugo)).toBe(60)
})

test('a release takes one read, however many attributes it is asked for', async () => {
  const inma = await norte.register('Inma', { values: { shoe_size: 38, birth_date: '1990-05-01' } })
  const statements: string[] = []
  const counting = {
    ...norte.reader,
    rows: (statement: { readonly name: string; readonly text: string }, values: readonly unknown[]) => {
      statements.push(statement.name)
      return norte.reader.rows(statement, values)
    },
  }
  const reader = pgReleaseReader(counting, { sealer: norte.sealer, controller: house.controller })
  await releaseClaims({ ...parts, reader })({
    subjectId: inma,
    clientId: 'tienda-web',
    exit: 'introspection',
    scopes: everyScope,
    requestedClaims: [],
  })
  expect(statements).toEqual(['release-matter'])
})

test('a preview shows the same and records nothing', async () => {
  const irene = await norte.register('Irene')
  const preview = await previewClaims(parts, {
    subjectId: irene,
    clientId: 'tienda-web',
    scopes: everyScope,
    requestedClaims: [],
  })
  const permitted = preview.filter((one) => one.permitted).map(({ claim, value }) => [claim, value])
  expect(permitted).toEqual([
    ['email', 'irene@correo.example'],
    ['given_name', 'Irene'],
  ])
  expect(await norte.count('recipient_disclosures', irene)).toBe(0)
})

test('a blocked person is released to nobody, and one whose key was destroyed has nothing to release', async () => {
  const javier = await norte.register('Javier')
  await norte.owner('subjects').where('subject_id', javier).update({ state: 'blocked' })
  expect(await release(javier, 'tienda-web')).toEqual({})
  const laura = await norte.register('Laura')
  await norte.owner('subject_keys').where('subject_id', laura).delete()
  expect(await release(laura, 'tienda-web')).toEqual({})
})

test('a number that was only declared is given where it may be, and is never called verified', async () => {
  const kiko = await norte.register('Kiko', { values: { phone: '+34600111222' } })
  const auth = purposes.find(({ id }) => id === 'auth.login')
  if (auth === undefined) throw new Error('no login purpose')
  expect(await release(kiko, 'tienda-web')).not.toHaveProperty('phone_number')
  const { title, ...draft } = auth
  await norte.publish({ ...draft, attributes: [...draft.attributes, 'phone'] }, title, 2)
  await norte.registry.refresh()
  expect(await release(kiko, 'tienda-web', ['openid', 'phone'])).toEqual({
    phone_number: '+34600111222',
    phone_number_verified: false,
  })
})

test('every claim of the catalogue belongs to exactly one scope', () => {
  const scopes = claimsByScope(norte.registry.current().attributes.values())
  const claims = Object.values(scopes).flat()
  expect(new Set(claims).size).toBe(claims.length)
  expect(scopes).toMatchObject({ email: ['email', 'email_verified'], attributes: ['shoe_size'] })
})

/** What the club may know of a person, in the plainest words: the last word was yes, on a text that counts, not too long ago, and not before an objection. */
class Model {
  yesAt: number | undefined
  yesEdition = 0
  objectedAt = -1

  allows(now: number, edition: number): boolean {
    if (this.yesAt === undefined || this.yesEdition < edition || this.objectedAt >= this.yesAt) return false
    const ends = new Date(this.yesAt)
    ends.setUTCMonth(ends.getUTCMonth() + 1)
    return now < ends.getTime()
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('yes' as const, 'no' as const, 'later' as const) },
  { weight: 1, arbitrary: fc.constantFrom('object' as const, 'new-text' as const, 'block' as const) },
  { weight: 2, arbitrary: fc.constantFrom('an-hour' as const, 'twenty-days' as const) },
)

test('for random histories of yes, no, expiry, objection and new texts, released claims are those a plain model allows (R90)', async () => {
  let edition = 1
  let person = 0
  let released = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
      person += 1
      const subjectId = await norte.register(`Persona${person}`)
      const model = new Model()
      let blocked = false
      for (const one of steps) {
        norte.pass(1000)
        const now = norte.clock.now().getTime()
        if (one === 'an-hour') norte.pass(3_600_000)
        else if (one === 'twenty-days') norte.pass(20 * 86_400_000)
        else if (one === 'new-text') {
          edition += 1
          await norte.publish(club, 'Club', edition)
          await norte.registry.refresh()
        } else if (one === 'block') {
          blocked = true
          await norte.owner('subjects').where('subject_id', subjectId).update({ state: 'blocked' })
        } else if (blocked) continue
        else if (one === 'object') {
          await objectToPurpose(norte.parts, {
            subjectId,
            actor: norte.asSubject(subjectId),
            evidence,
            idempotencyKey: norte.entropy.id(),
            ...house,
            purpose: 'marketing.club',
          })
          // Said again while it stands, it changes nothing.
          if (model.objectedAt < 0 || (model.yesAt ?? -1) > model.objectedAt) model.objectedAt = now
        } else {
          const outcome = await recordChoices(
            norte.parts,
            norte.command(subjectId, [norte.choice('marketing.club', 'email', one)]),
          )
          if (one === 'yes' && !model.allows(now, edition)) {
            expect(outcome.outcome).toBe('recorded')
            model.yesAt = now
            model.yesEdition = edition
          }
          if (one === 'no') model.yesAt = undefined
        }
        const claims = Object.keys(await release(subjectId, 'club', everyScope, ['shoe_size', 'birthdate']))
        const allowed = !blocked && model.allows(norte.clock.now().getTime(), edition) ? claimsOfClub : []
        expect(claims.sort()).toEqual(allowed)
        released += claims.length
      }
    }),
    { numRuns: 40 },
  )
  expect(released).toBeGreaterThan(20)
})
