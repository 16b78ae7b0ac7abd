import { load } from 'cheerio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveSubject } from '../../../src/features/consent/index.ts'
import { type PersonHouse, startPersonHouse, wordsOf } from './person-house.ts'

let norte: PersonHouse
beforeAll(async () => {
  norte = await startPersonHouse()
})
afterAll(() => norte?.close())

const day = 86_400_000
const dayOf = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(at)

test('a past day is judged by the law of where the person lived then, and today by that of today', async () => {
  const { house } = norte.app
  const subjectId = await norte.idOf('ana@correo.example')
  const before = house.platform.clock.now()
  norte.wait(3 * day)
  await moveSubject(house.recording.moves, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    jurisdiction: 'DE',
  })
  const officer = await norte.signedIn('dpo')
  await officer.open('/staff/proof')
  const stoodOn = async (asked: Date) => {
    const { text } = await officer.submit('/staff/proof', {
      receipt: '',
      email: 'ana@correo.example',
      purpose: 'marketing.direct',
      contact_channel: 'email',
      day: dayOf(asked),
      reason: 'Reclamación 2026-114',
    })
    return load(text)('section[aria-labelledby=stood]').text().replaceAll(/\s+/g, ' ')
  }
  // Nothing she said changed; Germany asks for a confirmation that Spain did not.
  expect(await stoodOn(before)).toContain('Sí')
  expect(await stoodOn(house.platform.clock.now())).not.toContain('Sí')

  await officer.submit('/dpo/people', { person: subjectId, reason: 'Reclamación 2026-114' })
  const told = await officer.submit(`/dpo/people/${subjectId}/explain`, {
    purpose: 'marketing.direct',
    contact_channel: 'email',
    recipient: '(house)',
    day: dayOf(before),
  })
  expect(told.status).toBe(200)
  expect(wordsOf(told.text)).toContain('ES')
})
