import type { Knex } from 'knex'
import type { DecidedAnswers } from '../identity/index.ts'
import { holdPerson, moveOn, moveOthersOn, personChanged } from './merging/pg-person.ts'
import { birthDateAttribute } from './pg-facts.ts'

/**
 * Decisions look at the date of birth, at which contact point is in use and, where a person has several accounts, at which
 * attributes each of them holds; any other value of a profile changes no answer and costs nothing here.
 */
export const pgDecidedAnswers = (trx: Knex.Transaction): DecidedAnswers => ({
  outdate: async (subjectId, changed, at) => {
    const decisive = changed.contactPoints === true || changed.attributes.includes(birthDateAttribute)
    const linked = await holdPerson(trx, subjectId)
    if (!decisive && !linked) return
    await moveOn(trx, subjectId, at, personChanged)
    await moveOthersOn(trx, subjectId, at)
  },
})
