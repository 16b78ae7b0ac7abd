import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { linkSubjects } from '../../../src/features/identity/index.ts'
import {
  disownRequest,
  openNotMineLink,
  openRequest,
  openRequests,
  privacyRequestsPersonalData,
  readRequest,
  requestsOf,
  tendAcknowledgements,
  withdrawRequest,
} from '../../../src/features/privacy-requests/index.ts'
import { inBrowser, marta, onTelephone, openRequestHouse, type RequestHouse } from './request-house.ts'

let house: RequestHouse
beforeAll(async () => {
  house = await openRequestHouse()
})
afterAll(() => house?.close())
afterEach(() => expect(house.failures).toEqual([]))

const day = 86_400_000
const called = { actor: marta, evidence: onTelephone, particulars: { call: 'LL-4F7K' } } as const
const mailsTo = (address: string) =>
  house.outbox.messages.filter(({ recipients }) => recipients.includes(address))
const linkIn = (text: string) => /request-not-mine\/([\w-]+)/.exec(text)?.[1] ?? ''

describe('A request', () => {
  test('is open at once, with a reference to be said, a day for the answer, its proof and a message (GDPR Art. 12(3))', async () => {
    const ana = await house.register('Ana')
    const words = 'Quiero saber qué sabéis de mí.\r\nTodo.'
    const opened = await house.open(ana, { words })
    expect(opened).toMatchObject({ right: 'access', state: 'open', due: '2026-12-22' })
    expect(opened.reference).toMatch(/^SOL-[2-9A-HJ-Z]{4}-[2-9A-HJ-Z]{2}$/)
    await house.settled()

    const [mail, ...others] = mailsTo('ana@correo.example')
    expect(others).toEqual([])
    expect(mail?.subject).toBe(`Hemos recibido tu solicitud ${opened.reference}`)
    expect(mail?.text).toContain('Una copia de tus datos')
    expect(mail?.text).toContain('22 de diciembre de 2026')
    // She asked herself, so there is nothing to disown; and her own words stay out of mails.
    expect(mail?.text).not.toContain('request-not-mine')
    expect(mail?.text).not.toContain('Quiero saber')

    const [row] = await house.owner('privacy_requests').where({ subject_id: ana })
    expect(row).toMatchObject({
      acknowledged_by: 'email',
      identity_level: 'signed-in-strongly',
      opened_by: 'subject',
    })
    expect(String(row.sealed_words)).not.toContain('Quiero')
    const told = await privacyRequestsPersonalData(house.parts).exportData(ana)
    expect(told['privacy_requests']).toMatchObject([
      { right: 'access', words: 'Quiero saber qué sabéis de mí.\nTodo.', reference: opened.reference },
    ])
    const actions = await house.trail(ana)
    expect(actions).toEqual(
      expect.arrayContaining(['privacy-request.opened', 'privacy-request.acknowledged']),
    )
    expect(await house.events(ana, 'privacy-request.opened')).toHaveLength(1)
  })

  test('told twenty times at once by two processes under one key is one request, one event and one message', async () => {
    const bruno = await house.register('Bruno')
    const asked = house.asked(bruno, { right: 'erasure', words: 'Todo' })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        openRequest(turn % 2 === 0 ? house.parts : house.otherProcess, asked),
      ),
    )
    await house.settled()
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await requestsOf(house.parts, bruno)).toHaveLength(1)
    expect(await house.events(bruno, 'privacy-request.opened')).toHaveLength(1)
    expect(mailsTo('bruno@correo.example')).toHaveLength(1)
    // Another key is another request; another content under the same key is a mistake, and is told so.
    await house.open(bruno, { right: 'erasure', words: 'Todo' })
    expect(await requestsOf(house.parts, bruno)).toHaveLength(2)
    await expect(openRequest(house.parts, { ...asked, words: 'Solo el teléfono' })).rejects.toMatchObject({
      code: 'request-key-reused',
    })
    await expect(openRequest(house.parts, { ...asked, right: 'access' })).rejects.toMatchObject({
      code: 'request-key-reused',
    })
    await house.settled()
  })

  test('is due from when it was received, by the day where the controller sits, and not from when it was written down', async () => {
    const carmen = await house.register('Carmen')
    const received = new Date('2026-10-31T23:30:00Z')
    expect((await house.open(carmen, { receivedAt: received })).due).toBe('2026-12-01')
    const refused = (receivedAt: Date) =>
      expect(house.open(carmen, { receivedAt })).rejects.toMatchObject({ failure: 'invalid' })
    await refused(new Date(house.clock.now().getTime() + 6 * 60_000))
    await refused(new Date(house.clock.now().getTime() - 101 * day))
    await refused(new Date(Number.NaN))
    // A clock that runs a little ahead of ours stops nobody.
    const ahead = await house.open(carmen, { receivedAt: new Date(house.clock.now().getTime() + 60_000) })
    expect(ahead.receivedAt).toEqual(house.clock.now())
    await house.settled()
  })

  test('is opened by the person or for them, and by nobody in the name of somebody else who asks for themself', async () => {
    const diego = await house.register('Diego')
    const elena = await house.register('Elena')
    for (const actor of [
      house.asSubject(elena),
      { kind: 'guardian', guardianId: elena, assurance: 'code' },
      { kind: 'anonymous' },
    ] as const) {
      await expect(house.open(diego, { actor })).rejects.toMatchObject({ code: 'request-not-yours' })
    }
    await expect(house.open(diego, { actor: marta, evidence: onTelephone })).rejects.toMatchObject({
      code: 'request-call-missing',
    })
    await expect(house.open(diego, { words: 'a'.repeat(2_001) })).rejects.toMatchObject({
      code: 'request-words-too-long',
    })
    await expect(house.open(house.entropy.id<'subject'>())).rejects.toMatchObject({ code: 'subject-unknown' })
    expect(await requestsOf(house.parts, diego)).toEqual([])
  })

  test('is taken back by whoever asked, once, and by nobody else', async () => {
    const fermin = await house.register('Fermin')
    const { id: requestId } = await house.open(fermin)
    await house.settled()
    const command = { subjectId: fermin, requestId, evidence: inBrowser }
    await expect(withdrawRequest(house.parts, { ...command, actor: marta })).rejects.toMatchObject({
      code: 'request-not-yours',
    })
    const own = { ...command, actor: house.asSubject(fermin) }
    const ends = await Promise.allSettled([
      withdrawRequest(house.parts, own),
      withdrawRequest(house.otherProcess, own),
    ])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await requestsOf(house.parts, fermin)).toMatchObject([
      { state: 'withdrawn', ended: { by: 'subject' } },
    ])
    expect(await house.events(fermin, 'privacy-request.withdrawn')).toHaveLength(1)
  })
})

describe('A request that staff opened in a call', () => {
  test('keeps the call, and the message offers to say that it was not the person who asked; said, it ends and an alarm is raised', async () => {
    const gema = await house.register('Gema')
    const opened = await house.open(gema, { ...called, right: 'portability', identity: 'contact-point' })
    await house.settled()
    const [row] = await house.owner('privacy_requests').where({ subject_id: gema })
    expect(row).toMatchObject({
      channel: 'call-centre',
      call_reference: 'LL-4F7K',
      touchpoint_id: 'desk-4',
      identity_level: 'contact-point',
      opened_by: 'staff',
    })
    const [mail] = mailsTo('gema@correo.example')
    expect(mail?.text).toContain('Esto no lo he pedido yo')
    const token = linkIn(mail?.text ?? '')
    const link = openNotMineLink(house.parts.tokens, token, house.clock.now())
    expect(link).toEqual({ subjectId: gema, requestId: opened.id })
    expect(openNotMineLink(house.parts.tokens, `${token.slice(0, -2)}AA`, house.clock.now())).toBeUndefined()
    if (link === undefined) return

    const outcomes = await Promise.all(
      [house.parts, house.otherProcess, house.parts].map((parts) =>
        disownRequest(parts, { link, evidence: inBrowser }),
      ),
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ended', 'unchanged', 'unchanged'])
    expect(await requestsOf(house.parts, gema)).toMatchObject([
      { state: 'withdrawn', ended: { by: 'not-mine' } },
    ])
    const [alarm, ...others] = await house.events(gema, 'privacy-request.not-mine')
    expect(others).toEqual([])
    expect(alarm.payload).toMatchObject({
      reference: opened.reference,
      openedBy: 'staff',
      channel: 'call-centre',
    })
    expect(await house.trail(gema)).toContain('privacy-request.not-mine')
  })

  test('reads no identity into what an agent says without having found it out', async () => {
    const hugo = await house.register('Hugo')
    const { id: requestId } = await house.open(hugo, called)
    await house.settled()
    const dpo = { ...marta, roles: ['dpo'] } as const
    const read = await readRequest(house.parts, {
      subjectId: hugo,
      requestId,
      actor: dpo,
      evidence: inBrowser,
    })
    expect(read).toMatchObject({ identity: 'none', words: undefined, openedBy: 'staff' })
    expect((await house.trail(hugo)).filter((action) => action === 'privacy-request.read')).toHaveLength(1)
  })
})

describe('That a request arrived', () => {
  test('is told by text where there is no address, and stands as untold where there is neither', async () => {
    const ines = await house.withoutAddress('Ines', '+34600111222')
    const { reference } = await house.open(ines, called)
    const jaime = await house.withoutAddress('Jaime')
    await house.open(jaime)
    await house.settled()
    const [text] = mailsTo('34600111222@sms.invalid')
    expect(text?.text).toContain(reference)
    expect(text?.text).toContain('request-not-mine/')
    const byOf = async (subject_id: string) =>
      (await house.owner('privacy_requests').where({ subject_id }))[0].acknowledged_by
    expect([await byOf(ines), await byOf(jaime)]).toEqual(['sms', 'nowhere'])
  })

  test('is told later where the mail server did not take it, by one of the processes that tend it, and once', async () => {
    const karla = await house.register('Karla')
    const down = {
      ...house.parts,
      later: () => {},
      messages: { acknowledge: () => Promise.reject(new Error('the mail server is down')) },
    }
    await openRequest(down, house.asked(karla))
    // Whoever took the request in died before it told anybody; whoever tends finds it, and fails.
    await expect(tendAcknowledgements(down)).rejects.toThrow('could not be acknowledged')
    await tendAcknowledgements(house.parts)
    expect(mailsTo('karla@correo.example')).toEqual([])
    house.pass(11 * 60_000)
    await Promise.all([house.parts, house.otherProcess, house.parts].map(tendAcknowledgements))
    expect(mailsTo('karla@correo.example')).toHaveLength(1)
    house.pass(11 * 60_000)
    await tendAcknowledgements(house.parts)
    expect(mailsTo('karla@correo.example')).toHaveLength(1)
  })

  test('fills nobody’s mailbox: of what others open in a person’s name five messages go out an hour, the rest later', async () => {
    const lidia = await house.register('Lidia')
    for (let turn = 0; turn < 8; turn += 1) await house.open(lidia, called)
    await house.settled()
    expect(house.failures).toEqual([])
    expect(mailsTo('lidia@correo.example')).toHaveLength(5)
    // What she asks for herself is told at once, and none of the eight was turned away (LOPDGDD art. 12).
    await house.open(lidia)
    await house.settled()
    expect(mailsTo('lidia@correo.example')).toHaveLength(6)
    expect((await house.owner('privacy_requests').where({ subject_id: lidia })).length).toBe(9)
    house.pass(61 * 60_000)
    await tendAcknowledgements(house.parts)
    expect(mailsTo('lidia@correo.example')).toHaveLength(9)
  })
})

test('of somebody who was erased it stays that they asked and by when it was due, and their words are gone', async () => {
  const nuria = await house.register('Nuria')
  const { id: requestId } = await house.open(nuria, { words: 'Lo mío' })
  await house.settled()
  await house.owner('subjects').where({ subject_id: nuria }).update({ state: 'erased' })
  const dpo = { ...marta, roles: ['dpo'] } as const
  const read = await readRequest(house.parts, {
    subjectId: nuria,
    requestId,
    actor: dpo,
    evidence: inBrowser,
  })
  expect(read).toMatchObject({ right: 'access', words: undefined })
  await expect(house.open(nuria)).rejects.toMatchObject({ code: 'subject-unknown' })
})

test('nobody is merged while a request is open, and they may be once it is not (consent.md, Merge and unmerge)', async () => {
  const laura = await house.register('Laura')
  const second = await house.register('Laura2')
  const { id: requestId } = await house.open(laura)
  await house.settled()
  const link = () =>
    linkSubjects(
      { work: house.linking, clock: house.clock, entropy: house.entropy },
      {
        subjects: [laura, second],
        assurance: 'L2',
        rule: 'proven-in-store',
        confidence: 100,
        proof: { code: 'otp-1' },
        actor: { ...marta, roles: ['dpo'] },
        evidence: inBrowser,
      },
    )
  expect(await link()).toEqual({ outcome: 'refused', reason: 'REQUEST_OPEN' })
  const own = { subjectId: laura, requestId, actor: house.asSubject(laura), evidence: inBrowser }
  await withdrawRequest(house.parts, own)
  expect(await link()).toMatchObject({ outcome: 'linked' })
})

test('the inbox has what is due first at the top, counts by the time left, and goes on page by page', async () => {
  await house.owner('privacy_requests').delete()
  const mario = await house.register('Mario')
  const at = (days: number) => new Date(house.clock.now().getTime() - days * day)
  // Received 22 October: due on the 23rd of November, since the 22nd is a Sunday.
  await house.open(mario, { receivedAt: at(40), right: 'erasure' })
  await house.open(mario, { receivedAt: at(31), right: 'access' })
  for (let turn = 0; turn < 51; turn += 1) await house.open(mario, { receivedAt: at(turn % 10) })
  await house.settled()

  const first = await openRequests(house.parts)
  expect(first.counts).toEqual({ overdue: 1, soon: 1, 'in-time': 51 })
  expect(first.requests).toHaveLength(50)
  expect(first.requests.slice(0, 2)).toMatchObject([
    { right: 'erasure', left: { urgency: 'overdue' } },
    { right: 'access', left: { urgency: 'soon', days: 1 } },
  ])
  // Counting ends where nobody needs to know how many more there are.
  const [today, later] = ['2026-11-22', '2026-11-28']
  expect(await house.parts.requests.countOpen(today, later, 50)).toEqual({
    overdue: 1,
    soon: 1,
    'in-time': 50,
  })
  const next = await openRequests(house.parts, { after: first.next })
  expect(next.next).toBeUndefined()
  const all = [...first.requests, ...next.requests]
  expect(new Set(all.map(({ id }) => id)).size).toBe(53)
  expect(all.map(({ due }) => due)).toEqual(all.map(({ due }) => due).sort())
  expect((await openRequests(house.parts, { urgency: 'soon' })).requests).toMatchObject([{ right: 'access' }])
  expect((await openRequests(house.parts, { urgency: 'overdue' })).requests).toMatchObject([
    { right: 'erasure' },
  ])
})
