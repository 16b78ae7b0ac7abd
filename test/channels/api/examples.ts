import { expect } from 'vitest'
import type { operations } from '../../../src/channels/api/operations.ts'

type Operation = (typeof operations)[number]

/** The operations whose examples need a till, a card and a code that is good now. */
export const atTheTill: ReadonlySet<string> = new Set([
  'api.tills.look-ups',
  'api.tills.codes',
  'api.tills.keys',
  'api.tills.presentations',
  'api.loyalty-codes',
])

/** Holds an answer to the schema of its operation, and to the names that the example of the reference shows. */
export function checkAnswer(
  one: Operation,
  said: { readonly status: number; readonly body: object },
  optional: readonly string[] = ['receipt_id'],
) {
  const schema = one.responses[said.status]?.schema
  const issuesOf = (answered: unknown) =>
    schema === undefined ? ['no schema'] : (schema.safeParse(answered).error?.issues ?? [])
  expect(issuesOf(said.body)).toEqual([])
  expect(issuesOf(one.example.answer)).toEqual([])
  const names = (answered: object) =>
    Object.keys(answered)
      .filter((name) => !optional.includes(name))
      .sort()
  expect(names(said.body)).toEqual(names(one.example.answer as object))
}
