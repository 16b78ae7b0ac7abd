import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  decide,
  type ExclusionList,
  endContract,
  type LegalBasis,
  liftSuppression,
  moveSubject,
  objectToPurpose,
  pgDueChecks,
  pgPermissionReads,
  recordContract,
  recordPurchase,
  redecidePermissions,
  refreshExclusionChecks,
  restrictProcessing,
  suppressContact,
  whoMayBeContacted,
} from '../../../src/features/consent/index.ts'
import { houseSystem } from '../../../src/features/consent/key-decision.ts'
import { pgIdentityReads } from '../../../src/features/identity/index.ts'
import { declareAttributes } from '../../../src/features/profile/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { ContactChannel } from '../../../src/kernel/evidence.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse } from './consent-house.ts'

const day = 86_400_000
const histories = 64

let norte: ConsentHouse
let officer: Actor
beforeAll(async () => {
  norte = await openConsentHouse()
  officer = { kind: 'staff', staffId: norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
})
afterAll(() => norte.close())

const parts = () => ({
  ...norte.parts,
  work: norte.work,
  registry: norte.registry,
  reads: pgPermissionReads(norte.reader),
})
const circumstances = () => ({ ...norte, facts: norte.parts.facts })

/** Rounds as the worker makes them; between two, longer than any process may go on with the registry of before. */
async function sweep() {
  for (let round = 0; round < 200; round += 1) {
    norte.pass(11_000)
    if ((await redecidePermissions(parts())).done) return
  }
  throw new Error('the sweep never ended')
}

type Asked = readonly [purpose: string, channel: ContactChannel, campaignCategory?: string]
const questions: readonly Asked[] = [
  ['marketing.direct', 'email'],
  ['marketing.direct', 'email', 'shoes'],
  ['marketing.direct', 'email', 'bags'],
  ['marketing.direct', 'email', 'garden'],
  ['marketing.direct', 'sms', 'shoes'],
  ['personalisation.onsite', 'none'],
  ['personalisation.onsite', 'none', 'shoes'],
  ['fraud.prevention', 'none'],
  ['auth.login', 'none'],
]

/** What the one decision says, asked with the full question for each attribute of the purpose. */
async function single(subjectId: SubjectId, [purpose, contactChannel, campaignCategory]: Asked) {
  const known = await norte.parts.facts.find(subjectId)
  if (known === undefined) throw new Error('nobody')
  const registry = norte.registry.current()
  const answers = (registry.purposes.get(purpose)?.attributes ?? []).map((attribute) => ({
    attribute,
    ...decide(
      { system: houseSystem, ...house, purpose, contactChannel, attribute, campaignCategory },
      known.facts,
      registry,
      norte.clock.now().getTime(),
    ),
  }))
  const permitted = answers.filter(({ decision }) => decision === 'PERMIT')
  if (permitted.length === 0) return undefined
  return { basis: permitted[0]?.basis, attributes: permitted.map(({ attribute }) => attribute) }
}

/** What the list says of everybody it names. */
async function listed([purpose, contactChannel, campaignCategory]: Asked) {
  const found = new Map<SubjectId, { basis: LegalBasis; attributes: readonly string[] }>()
  let after: SubjectId | undefined
  do {
    const question = { ...house, purpose, contactChannel, campaignCategory }
    const page = await whoMayBeContacted(parts(), question, { after, limit: 20 })
    for (const { subjectId, basis, attributes } of page.people) {
      expect(found.has(subjectId)).toBe(false)
      found.set(subjectId, { basis, attributes })
    }
    after = page.next
  } while (after !== undefined)
  return found
}

const category = fc.constantFrom('shoes', 'bags', 'garden')
const act = <Kind extends string, Rest extends object>(
  kind: Kind,
  weight: number,
  rest: { [Name in keyof Rest]: fc.Arbitrary<Rest[Name]> },
): fc.WeightedArbitrary<Rest & { readonly do: Kind }> => ({
  weight,
  arbitrary: fc.record<Rest>(rest).map((values) => ({ ...(values as Rest), do: kind })),
})

const step = fc.oneof(
  act('say', 5, {
    question: fc.constantFrom<Asked>(
      ['marketing.direct', 'email'],
      ['marketing.direct', 'sms'],
      ['personalisation.onsite', 'none'],
    ),
    answer: fc.constantFrom<'yes' | 'no' | 'later'>('yes', 'yes', 'no', 'later'),
  }),
  act('object', 1, { purpose: fc.constantFrom('marketing.direct', 'fraud.prevention') }),
  act('move', 2, { to: fc.constantFrom('ES', 'DE', 'FR', 'IT', 'XX') }),
  act('wait', 2, { days: fc.constantFrom(0, 1, 3, 31, 31, 400) }),
  act('late', 1, {
    type: fc.constantFrom('withdrawn', 'given'),
    daysAgo: fc.constantFrom(0, 1, 200),
  }),
  act('sweep', 1, { of: fc.constant('everybody') }),
  act('born', 1, { yearsAgo: fc.constantFrom(30, 15, 8) }),
  act('address', 1, { kind: fc.constant<'email'>('email') }),
  act('buy', 5, {
    category,
    offered: fc.constantFrom(true, true, true, false),
    daysAgo: fc.constantFrom(0, 1, 729),
  }),
  act('contract', 1, { ends: fc.boolean() }),
  act('consult', 4, { listed: fc.constantFrom(false, false, true) }),
  act('suppress', 1, { lifted: fc.boolean() }),
  act('restrict', 1, { scope: fc.constantFrom('*', 'marketing.*', 'attr:email') }),
  act('families', 1, { together: fc.boolean() }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Always among those tried: each basis permits something in one of them, and one outlives the family it bought of. */
const buyer: readonly Step[] = [
  { do: 'families', together: true },
  { do: 'buy', category: 'shoes', offered: true, daysAgo: 1 },
  { do: 'consult', listed: false },
]
const reader: readonly Step[] = [
  { do: 'say', question: ['marketing.direct', 'email'], answer: 'yes' },
  { do: 'buy', category: 'bags', offered: true, daysAgo: 0 },
  { do: 'say', question: ['marketing.direct', 'email'], answer: 'no' },
  { do: 'say', question: ['marketing.direct', 'email'], answer: 'yes' },
]
const former: readonly Step[] = [
  ...buyer,
  { do: 'say', question: ['marketing.direct', 'email'], answer: 'yes' },
  { do: 'families', together: false },
  { do: 'sweep', of: 'everybody' },
  { do: 'say', question: ['marketing.direct', 'email'], answer: 'no' },
]

/** A fact that comes in late, as a store would send it: it counts when it happened, and the person is decided again. */
async function tellLate(subjectId: SubjectId, type: string, daysAgo: number) {
  const now = norte.clock.now()
  const [last] = await norte
    .owner('consent_events')
    .where({ subject_id: subjectId })
    .whereIn('type', ['given', 'refused', 'withdrawn'])
    .orderBy('occurred_at', 'desc')
  if (last === undefined) return
  const occurred_at = new Date(now.getTime() - daysAgo * day)
  const event_id = norte.entropy.id()
  await norte.owner('consent_events').insert({ ...last, event_id, type, occurred_at, recorded_at: now })
  await norte.owner('permissions').where({ subject_id: subjectId }).update({ valid_until: now })
}

/** Both lists of Spain, asked about whoever is due. */
const consult = (isListed: boolean) => {
  const list = (name: string): ExclusionList => ({
    name,
    contactChannels: ['email', 'sms', 'phone_human', 'phone_auto'],
    most: 100,
    check: async (values) => values.map(() => ({ listed: isListed })),
  })
  return refreshExclusionChecks({
    circumstances: circumstances(),
    ledger: norte.parts,
    lists: [list('robinson'), list('stop_publicidad')],
    due: pgDueChecks(norte.lane),
    reads: pgIdentityReads(norte.lane),
    sealer: norte.sealer,
    controller: house.controller,
  })
}

/** Shoes and bags are similar, or no longer are; every process hears of it within a second. */
async function setFamilies(together: boolean) {
  const at = norte.clock.now()
  await norte.work(async ({ productFamilies, audit }) => {
    if (together) await productFamilies.add('leather', ['shoes', 'bags'], at)
    else await productFamilies.remove('leather', undefined, at)
    await audit.record({ action: 'test.families', actor: dpo, at })
  })
  await norte.registry.refresh()
}

/** Another address takes the place of the one in use, as a unit of the identity room would write it. */
const moveAddress = (subjectId: SubjectId) =>
  norte.work(async ({ decided, identifiers, audit }) => {
    const at = norte.clock.now()
    await decided.outdate(subjectId, { contactPoints: true }, at)
    await identifiers.insert({
      subjectId,
      identifierId: norte.entropy.id<'identifier'>(),
      kind: 'email',
      sealedValue: Buffer.from('never opened here'),
      verifiedAt: at,
      createdAt: at,
    })
    await audit.record({ action: 'identity.address-added', actor: dpo, at, subjectId, facts: {} })
  })

const declareBirth = (subjectId: SubjectId, yearsAgo: number) =>
  declareAttributes(
    { ...norte, catalogue: norte.catalogue },
    {
      subjectId,
      declarations: [
        { attributeId: 'birth_date', value: `${norte.clock.now().getUTCFullYear() - yearsAgo}-01-01` },
      ],
      provenance: 'declared',
      source: 'web:privacy-centre',
      actor: norte.asSubject(subjectId),
      evidence,
    },
  )

async function take(subjectId: SubjectId, one: Step): Promise<unknown> {
  const own = { subjectId, actor: dpo }
  const told = { ...own, evidence, idempotencyKey: norte.entropy.id(), ...house }
  const ago = (days: number) => new Date(norte.clock.now().getTime() - days * day)
  switch (one.do) {
    case 'say':
      return norte.say(subjectId, one.question[0], one.question[1], one.answer)
    case 'object':
      return objectToPurpose(norte.parts, {
        ...told,
        actor: norte.asSubject(subjectId),
        purpose: one.purpose,
      })
    case 'move':
      return moveSubject(parts(), { ...own, jurisdiction: one.to })
    case 'wait':
      return norte.pass(one.days * day)
    case 'late':
      return tellLate(subjectId, one.type, one.daysAgo)
    case 'born':
      return declareBirth(subjectId, one.yearsAgo)
    case 'address':
      return moveAddress(subjectId)
    case 'buy':
      return recordPurchase(circumstances(), {
        ...own,
        purchaseId: norte.entropy.id(),
        controller: house.controller,
        category: one.category,
        optOutOffered: one.offered,
        boughtAt: ago(one.daysAgo),
      })
    case 'contract': {
      const contractId = norte.entropy.id<'contract'>()
      const beganAt = ago(1)
      await recordContract(circumstances(), { ...own, contractId, controller: house.controller, beganAt })
      return one.ends && endContract(circumstances(), { ...own, contractId })
    }
    case 'consult':
      return consult(one.listed).catch(() => undefined)
    case 'suppress': {
      const scope = { ...own, contactChannel: 'email' as const }
      await suppressContact(circumstances(), { ...scope, reason: 'complaint', source: 'feedback-loop' })
      return one.lifted && liftSuppression(circumstances(), { ...scope, actor: officer })
    }
    case 'restrict':
      return restrictProcessing(norte.parts, {
        ...told,
        actor: officer,
        scope: [one.scope],
        ground: 'accuracy',
      })
    case 'families':
      return setFamilies(one.together)
    case 'sweep':
      return sweep()
  }
}

test('whatever happened to people, the list of who may be contacted is what the one decision says of each', {
  timeout: 180_000,
}, async () => {
  const everybody: SubjectId[] = []
  const permitted = new Map<string, number>()
  const compare = async (people: readonly SubjectId[]) => {
    for (const asked of questions) {
      const list = await listed(asked)
      for (const id of people) {
        const answer = await single(id, asked)
        expect([id, ...asked, list.get(id)]).toEqual([id, ...asked, answer])
        const basis = answer?.basis ?? 'none'
        permitted.set(basis, (permitted.get(basis) ?? 0) + 1)
      }
    }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const subjectId = await norte.register(`Persona${everybody.length}`)
      everybody.push(subjectId)
      for (const one of steps) {
        norte.pass(3_600_000)
        await take(subjectId, one)
      }
      // Before the sweep some may be missing, and nobody may be there who should not.
      for (const asked of questions) {
        const list = await listed(asked)
        for (const id of everybody.slice(-5)) {
          const kept = list.get(id)
          if (kept !== undefined) expect(kept).toEqual(await single(id, asked))
        }
      }
      await sweep()
      await compare(everybody.slice(-3))
    }),
    { numRuns: histories, examples: [[[...buyer]], [[...reader]], [[...former]]] },
  )
  await compare(everybody)
  for (const basis of ['consent', 'soft_opt_in', 'legitimate_interest', 'contract', 'none']) {
    expect([basis, permitted.has(basis)]).toEqual([basis, true])
  }
})
