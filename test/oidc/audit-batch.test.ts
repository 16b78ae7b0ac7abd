import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../src/kernel/audit-trail.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createAuditBatch } from '../../src/oidc/audit-batch.ts'

const entryAbout = (subject: string, action = 'oidc.authorized'): AuditEntry => ({
  action,
  actor: { kind: 'system', name: 'test' },
  at: new Date('2026-11-22T12:00:00Z'),
  subjectId: subject as SubjectId,
})
const quick = { maxWaiting: 5, firstPauseMs: 5, longestPauseMs: 20, drainMs: 60 }

/** A trail that can be out of reach, with everything it was asked and everything that was logged. */
const trail = () => {
  const told = { batches: [] as string[][], logged: [] as (readonly [string, number | undefined])[] }
  let there = true
  const batch = createAuditBatch(
    async (entries) => {
      await sleep(1)
      if (!there) throw new Error('out of reach')
      told.batches.push(entries.map(({ subjectId, action }) => `${subjectId} ${action}`))
    },
    {
      info: () => {},
      warn: () => {},
      error: (event, fields) => void told.logged.push([event, fields?.count]),
    },
    quick,
  )
  return {
    ...told,
    batch,
    reach: (on: boolean) => {
      there = on
    },
  }
}

describe('what the engine did is put on record', () => {
  test('together, the entries of one chain one after the other, whatever else they are about', async () => {
    const { batch, batches } = trail()
    batch.add({ ...entryAbout('ana', 'first'), about: 'client:a' })
    batch.add({ ...entryAbout('ana', 'second'), about: 'client:b' })
    batch.add(entryAbout('bruno', 'first'))
    await batch.drain()
    expect(batches).toEqual([['ana first'], ['ana second', 'bruno first']])
  })

  test('by itself as soon as the trail is back, without another entry coming by', async () => {
    const { batch, batches, logged, reach } = trail()
    reach(false)
    batch.add(entryAbout('ana', 'oidc.reuse-detected'))
    await expect.poll(() => logged.length).toBeGreaterThan(2)
    expect(logged[0]).toEqual(['oidc.audit-failed', 1])
    reach(true)
    await expect.poll(() => batches).toEqual([['ana oidc.reuse-detected']])
  })

  test('at the end of the process, when the trail comes back in time', async () => {
    const { batch, batches, reach } = trail()
    reach(false)
    batch.add(entryAbout('ana'))
    setTimeout(() => reach(true), 25)
    await batch.drain()
    expect(batches).toEqual([['ana oidc.authorized']])
  })

  test('or the log says how many were lost, and closing does not wait for ever', async () => {
    const { batch, batches, logged, reach } = trail()
    reach(false)
    for (const name of ['ana', 'bruno', 'carmen']) batch.add(entryAbout(name))
    await batch.drain()
    expect(batches).toEqual([])
    expect(logged.at(-1)).toEqual(['oidc.audit-lost', 3])
  })

  test('up to an end of the memory; what comes then is counted', async () => {
    const { batch, batches, logged, reach } = trail()
    reach(false)
    for (let number = 0; number < 8; number += 1) batch.add(entryAbout(`person ${number}`))
    reach(true)
    await batch.drain()
    expect(batches.flat()).toHaveLength(5)
    expect(logged).toEqual([['oidc.audit-refused', 3]])
  })
})
