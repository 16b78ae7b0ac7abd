import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LinkId } from '../../../../src/features/identity/linking/link.ts'
import type { SubjectId } from '../../../../src/kernel/ids.ts'
import { type LinkingHouse, openLinkingHouse } from './linking-house.ts'
import { naiveClusters } from './naive-clusters.ts'
import { type Step, takeSteps } from './steps.ts'

let house: LinkingHouse
beforeAll(async () => {
  house = await openLinkingHouse()
})
afterAll(() => house.close())

function otherProcess(steps: readonly Step[]) {
  const script = fileURLToPath(new URL('./linking-process.ts', import.meta.url))
  const argument = JSON.stringify({ connection: house.database.appConnection, steps })
  const child = spawn(process.execPath, [script, argument], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  return {
    ready: next,
    go: async (): Promise<readonly string[]> => {
      child.stdin.write('go\n')
      return JSON.parse(await next())
    },
  }
}

/** The clusters that stand are those a naive reading of the links in force gives, and nothing says otherwise anywhere. */
async function expectSound(accounts: readonly SubjectId[]): Promise<void> {
  const inForce = await house.links.inForce(accounts)
  const same = inForce.filter(({ kind }) => kind === 'same-person').map(({ subjects }) => subjects)
  const different = inForce.filter(({ kind }) => kind === 'different-people')
  const expected = naiveClusters(accounts, same)
  const clusters = await house.links.clustersOf(accounts)
  for (const [place, account] of accounts.entries())
    expect(clusters[place]?.members).toEqual(expected.get(account))
  for (const { subjects } of different) expect(expected.get(subjects[0])).not.toContain(subjects[1])
  // Every link, and every end, stands beside both of its accounts.
  for (const table of ['subject_links', 'subject_link_ends']) {
    const { rows } = await house.owner.raw(
      `select link_id from ${table} group by link_id having count(*) <> 2`,
    )
    expect(rows).toEqual([])
  }
}

describe('Links over two pools and another process at once', () => {
  const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length] as Item

  test.each([1, 2, 3])(
    'thirty links and ends at a time leave clusters that follow from the links (%i)',
    async (seed) => {
      const accounts = await house.accounts(9)
      const rule = () => 'proven-in-store'
      // Something to end, made before.
      await takeSteps(
        house,
        accounts.slice(1).map((b, n) => ({ do: 'link', a: pick(accounts, n), b, rule: rule() })),
      )
      const standing = await house.links.inForce(accounts)
      expect(standing).toHaveLength(8)
      const random = fc.sample(fc.nat(10_000), { seed, numRuns: 200 })
      const stepsFrom = (from: number, count: number): Step[] =>
        Array.from({ length: count }, (_, n): Step => {
          const [x = 0, y = 0, z = 0] = random.slice(from + 3 * n)
          if (z % 3 === 0) {
            const { linkId, subjects } = pick(standing, x)
            return { do: 'unlink', a: pick(subjects, y), linkId }
          }
          const kind = z % 7 === 0 ? 'apart' : 'link'
          return { do: kind, a: pick(accounts, x), b: pick(accounts, x + 1 + (y % 8)), rule: `rule-${z}` }
        })
      const elsewhere = otherProcess(stepsFrom(0, 20))
      expect(await elsewhere.ready()).toBe('ready')
      const outcomes = (
        await Promise.all([
          elsewhere.go(),
          takeSteps(house, stepsFrom(60, 15)),
          takeSteps(house.other, stepsFrom(105, 15)),
        ])
      ).flat()
      expect(outcomes).toHaveLength(50)
      expect(outcomes.filter((outcome) => outcome.startsWith('failed'))).toEqual([])
      expect(outcomes).toContain('linked')
      expect(outcomes).toContain('unlinked')
      await expectSound(accounts)
      for (const account of accounts) {
        const { actions, verdict } = await house.trailOf(account)
        expect(verdict.intact).toBe(true)
        const told = (await house.eventsOf(account)).map(({ type }) => type)
        const count = (action: string, of: readonly string[]) => of.filter((one) => one === action).length
        for (const action of ['subject.linked', 'subject.unlinked', 'subject.kept-apart'])
          expect(count(action, told)).toBe(count(action, actions))
      }
    },
  )

  test('of twenty who end one link at the same moment, exactly one does', async () => {
    const [ana, bruno] = (await house.accounts(2)) as [SubjectId, SubjectId]
    const made = await house.link(ana, bruno)
    const linkId = made.outcome === 'refused' ? undefined : made.linkId
    const step: Step = { do: 'unlink', a: ana, linkId: linkId as LinkId }
    const steps = Array.from({ length: 10 }, () => step)
    const outcomes = (await Promise.all([takeSteps(house, steps), takeSteps(house.other, steps)])).flat()
    expect(outcomes.filter((outcome) => outcome === 'unlinked')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'ended-before')).toHaveLength(19)
  })

  test('of twenty who say the same at the same moment, one adds the link and the others find it', async () => {
    const [ana, bruno] = (await house.accounts(2)) as [SubjectId, SubjectId]
    const step = (n: number): Step => ({
      do: 'link',
      a: n % 2 === 0 ? ana : bruno,
      b: n % 2 === 0 ? bruno : ana,
      rule: 'same',
    })
    const steps = Array.from({ length: 10 }, (_, n) => step(n))
    const outcomes = (await Promise.all([takeSteps(house, steps), takeSteps(house.other, steps)])).flat()
    expect(outcomes.filter((outcome) => outcome === 'linked')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'standing')).toHaveLength(19)
    expect(await house.links.history(ana)).toHaveLength(1)
  })

  test('when one links and another tells apart, only one of the two holds', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ana, bruno, carmen] = (await house.accounts(3)) as [SubjectId, SubjectId, SubjectId]
      await house.link(ana, bruno)
      const [linked, apart] = await Promise.all([house.link(bruno, carmen), house.other.apart(ana, carmen)])
      expect([linked.outcome, apart.outcome].filter((outcome) => outcome === 'refused')).toHaveLength(1)
      await expectSound([ana, bruno, carmen])
    }
  })
})

test('after any history of links and ends the clusters are those of a naive model, step by step', async () => {
  const anyStep = fc.record({
    do: fc.constantFrom('link', 'link', 'link', 'unlink', 'unlink', 'apart'),
    x: fc.nat(6),
    y: fc.nat(6),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 25 }), async (history) => {
      const accounts = await house.accounts(7)
      const links: { id: LinkId; ends: readonly [SubjectId, SubjectId]; kind: 'same' | 'different' }[] = []
      const edges = (kind: 'same' | 'different') =>
        links.filter((link) => link.kind === kind).map(({ ends }) => ends)
      const together = (
        a: SubjectId,
        b: SubjectId,
        more: readonly (readonly [SubjectId, SubjectId])[] = [],
      ) =>
        naiveClusters(accounts, [...edges('same'), ...more])
          .get(a)
          ?.includes(b)
      for (const { do: what, x, y } of history) {
        const [a, b] = [accounts[x]!, accounts[y]!]
        if (what === 'unlink') {
          const [gone] = links.splice(x % Math.max(links.length, 1), 1)
          if (gone !== undefined) await house.unlink(gone.ends[y % 2]!, gone.id)
        } else if (what === 'link') {
          const refused = a === b || edges('different').some(([one, other]) => together(one, other, [[a, b]]))
          const known = links.some(
            ({ kind, ends }) => kind === 'same' && ends.includes(a) && ends.includes(b) && a !== b,
          )
          const outcome = await house.link(a, b)
          expect(outcome.outcome).toBe(refused ? 'refused' : known ? 'standing' : 'linked')
          if (outcome.outcome === 'linked') links.push({ id: outcome.linkId, ends: [a, b], kind: 'same' })
        } else {
          const outcome = await house.apart(a, b)
          expect(outcome.outcome).toBe(a === b || together(a, b) ? 'refused' : 'kept-apart')
          if (outcome.outcome === 'kept-apart')
            links.push({ id: outcome.linkId, ends: [a, b], kind: 'different' })
        }
        const expected = naiveClusters(accounts, edges('same'))
        const clusters = await house.links.clustersOf(accounts)
        expect(clusters.map(({ members }) => members)).toEqual(accounts.map((one) => expected.get(one)))
      }
      await expectSound(accounts)
    }),
    { numRuns: 12 },
  )
}, 60_000)
