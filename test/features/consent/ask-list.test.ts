import { expect, test } from 'vitest'
import { askList } from '../../../src/features/consent/exclusion/ask-list.ts'
import type { ExclusionList } from '../../../src/features/consent/exclusion/exclusion-list.ts'
import { refused, unavailable } from '../../../src/kernel/errors.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'

const list = (check: ExclusionList['check']): ExclusionList => ({
  name: 'robinson',
  contactChannels: ['email'],
  most: 100,
  check,
})
const clear = { listed: false }
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    subjectId: systemEntropy.id<'subject'>(),
    contactChannel: 'email' as const,
    contactPoint: `cp-${n}`,
    value: `${n}@correo.example`,
  }))
const bad = new Set(['0', '1', '2', '3', '4', '50', '99'].map((n) => `${n}@correo.example`))

test('whoever a list says nothing about is left without an answer, and nobody else is', async () => {
  const says = list(async (values) => values.map((value) => (bad.has(value) ? undefined : clear)))
  const { answered, failures } = await askList(says, people(150))
  expect(answered).toHaveLength(143)
  expect(failures).toMatchObject([{ code: 'exclusion-list-unanswered' }])
})

test('a question refused for what is in it is cut until those it cannot take stand alone', async () => {
  const refusing = list(async (values) => {
    if (values.some((value) => bad.has(value))) throw refused('exclusion-list-refused', 'Bad request.')
    return values.map(() => clear)
  })
  const { answered, failures } = await askList(refusing, people(150))
  expect(answered).toHaveLength(143)
  expect(failures).toHaveLength(7)
})

test('a list that is down is asked once, and not about everybody one by one', async () => {
  let asked = 0
  const down = list(async () => {
    asked += 1
    throw unavailable('exclusion-list-unanswered', 'Down.', 60)
  })
  const { answered, failures } = await askList(down, people(250))
  expect({ asked, answered, failures: failures.length }).toEqual({ asked: 1, answered: [], failures: 1 })
})
