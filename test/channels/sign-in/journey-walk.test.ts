import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Assurance, meets } from '../../../src/kernel/actor.ts'
import type { Browser } from './form-browser.ts'
import { openSignInHouse, type SignInHouse } from './sign-in-house.ts'

const good = 'cuatro gatos miran llover'
const addresses = ['ana@example.es', 'bruno@example.es', 'nueva@example.es'] as const
type Address = (typeof addresses)[number]

let house: SignInHouse

beforeAll(async () => {
  house = await openSignInHouse()
  const passwordHash = await house.hasher.hash(good)
  await house.register('ana@example.es', { passwordHash })
  await house.register('bruno@example.es')
})
afterAll(() => house.close())

/** What was really shown in this flow: secrets that only the owner of an address has. */
interface Model {
  readonly shown: Map<Address, Assurance>
}

interface Real {
  readonly browser: Browser
  uid: string
  acrNeeded: Assurance | undefined
  finishedBefore: number
  /** Cookies of the flow as they were before, for replays. */
  readonly saved: string[]
}

const totals = { finished: 0 }

/** After whatever was done: whoever was let in has shown, in this flow, what it takes (R72). */
async function check(model: Model, real: Real) {
  const finished = house.engine.finished.slice(real.finishedBefore)
  real.finishedBefore = house.engine.finished.length
  for (const { uid, subjectId, assurance } of finished) {
    totals.finished += 1
    expect(uid).toBe(real.uid)
    let owner: Address | undefined
    for (const address of addresses) {
      if ((await house.reads.identifiers.findSubject(house.indexOf(address))) === subjectId) owner = address
    }
    const shown = owner === undefined ? undefined : model.shown.get(owner)
    expect(shown, `nobody showed anything for ${owner}`).toBeDefined()
    expect(meets(shown ?? 'none', assurance)).toBe(true)
    if (real.acrNeeded !== undefined) expect(meets(assurance, real.acrNeeded)).toBe(true)
    await begin(model, real)
  }
}

async function begin(model: Model, real: Real) {
  model.shown.clear()
  real.uid = house.engine.begin(real.acrNeeded === undefined ? {} : { acrNeeded: real.acrNeeded })
  await real.browser.enter(real.uid)
}

const show = (model: Model, address: Address, assurance: Assurance) => {
  if (!meets(model.shown.get(address) ?? 'none', assurance)) model.shown.set(address, assurance)
}

class Do implements fc.AsyncCommand<Model, Real> {
  readonly #what: string
  readonly #act: (model: Model, real: Real, at: (page: string) => string) => Promise<void>

  constructor(what: string, act: (model: Model, real: Real, at: (page: string) => string) => Promise<void>) {
    this.#what = what
    this.#act = act
  }

  check = () => true

  async run(model: Model, real: Real) {
    const jar = real.browser.jar
    const cookie = jar.get(`placet_flow_${real.uid}`)
    if (cookie !== undefined) real.saved.push(cookie)
    await this.#act(model, real, (page) => `/sign-in/${real.uid}/${page}`)
    await check(model, real)
  }

  toString = () => this.#what
}

const pages = [
  'identify',
  'enter-password',
  'enter-code',
  'send-code',
  'create-account',
  'your-details',
  'check-answers',
  'create-passkey',
  'create-passkey/skip',
  'passkey',
  'step-up',
  'authorize-client',
]
const address = fc.constantFrom(...addresses)

const codeOf = async (to: string) => {
  await house.settle()
  return house.sink.last(to)?.text.match(/\b\d{6}\b/)?.[0] ?? '000000'
}

const anyCommand = [
  address.map(
    (email) =>
      new Do(
        `identify as ${email}`,
        async (_m, { browser }, at) => void (await browser.submit(at('identify'), { email })),
      ),
  ),
  address.map(
    (email) =>
      new Do(
        `create an account for ${email}`,
        async (_m, { browser }, at) => void (await browser.submit(at('create-account'), { email })),
      ),
  ),
  fc.constant(
    new Do('ask for a code', async (_m, { browser }, at) => {
      house.pass(31)
      await browser.submit(at('send-code'))
    }),
  ),
  address.map(
    (email) =>
      new Do(`type the code in the mail of ${email}`, async (model, { browser }, at) => {
        show(model, email, 'code')
        await browser.submit(at('enter-code'), { code: await codeOf(email) })
      }),
  ),
  fc.constant(
    new Do(
      'type a wrong code',
      async (_m, { browser }, at) => void (await browser.submit(at('enter-code'), { code: '000000' })),
    ),
  ),
  fc.constant(
    new Do("type Ana's password", async (model, { browser }, at) => {
      show(model, 'ana@example.es', 'password')
      await browser.submit(at('enter-password'), { password: good })
    }),
  ),
  fc.constant(
    new Do(
      'type a wrong password',
      async (_m, { browser }, at) =>
        void (await browser.submit(at('enter-password'), { password: 'no es esta contraseña' })),
    ),
  ),
  fc.constant(
    new Do(
      'give a name',
      async (_m, { browser }, at) => void (await browser.submit(at('your-details'), { first_name: 'Nueva' })),
    ),
  ),
  fc.constant(
    new Do(
      'confirm the answers',
      async (_m, { browser }, at) => void (await browser.submit(at('check-answers'))),
    ),
  ),
  fc.constant(
    new Do(
      'say not now',
      async (_m, { browser }, at) => void (await browser.submit(at('create-passkey/skip'))),
    ),
  ),
  fc
    .constantFrom(...pages)
    .map(
      (page) =>
        new Do(
          `open ${page}`,
          async (_m, { browser }, at) => void (await browser.open(at(page)).catch(() => {})),
        ),
    ),
  fc
    .constantFrom(...pages)
    .map(
      (page) =>
        new Do(`send ${page} empty`, async (_m, { browser }, at) => void (await browser.post(at(page)))),
    ),
  fc
    .constantFrom(...pages)
    .map(
      (page) =>
        new Do(
          `send nonsense to ${page}`,
          async (_m, { browser }, at) => void (await browser.post(at(page), { response: '{}' })),
        ),
    ),
  fc.constant(new Do('start over', async (model, real) => begin(model, real))),
  fc.nat().map(
    (which) =>
      new Do('go back to an earlier state of any flow', async (_m, { browser, saved, uid }) => {
        const cookie = saved[which % Math.max(1, saved.length)]
        if (cookie !== undefined) browser.jar.set(`placet_flow_${uid}`, cookie)
      }),
  ),
]

/** Steps that lead on, so that walks get far enough for a wrong turn to matter. */
const likely = [
  ...anyCommand.slice(0, 10),
  fc.constant(
    new Do('identify as Ana and type her password', async (model, { browser }, at) => {
      await browser.submit(at('identify'), { email: 'ana@example.es' })
      show(model, 'ana@example.es', 'password')
      await browser.submit(at('enter-password'), { password: good })
    }),
  ),
]

describe('any way through the pages', () => {
  it.each([undefined, 'password', 'passkey'] as const)(
    'ends in being let in only with what that takes, when the client asks for %s (R72)',
    async (acrNeeded) => {
      await fc.assert(
        fc.asyncProperty(
          fc.commands([...anyCommand, ...likely, ...likely], { maxCommands: 40, size: 'max' }),
          async (commands) => {
            await house.owner('rate_limits').delete()
            await house.owner('sign_in_failures').delete()
            const real: Real = {
              browser: house.browser(),
              uid: '',
              acrNeeded,
              finishedBefore: house.engine.finished.length,
              saved: [],
            }
            const model: Model = { shown: new Map() }
            await begin(model, real)
            await fc.asyncModelRun(() => ({ model, real }), commands)
          },
        ),
        { numRuns: 12, endOnFailure: true },
      )
    },
    120_000,
  )

  it('does let people in, by chance and with the right secrets in order (negative control)', async () => {
    expect(totals.finished).toBeGreaterThan(0)
    const browser = house.browser()
    const uid = house.engine.begin()
    await browser.enter(uid)
    const before = house.engine.finished.length
    await browser.submit(`/sign-in/${uid}/identify`, { email: 'ana@example.es' })
    await browser.submit(`/sign-in/${uid}/enter-password`, { password: good })
    await browser.submit(`/sign-in/${uid}/create-passkey/skip`)
    expect(house.engine.finished.length).toBe(before + 1)
  })
})
