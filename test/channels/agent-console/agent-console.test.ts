import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { restrictProcessing } from '../../../src/features/consent/index.ts'
import { anasNumber, openCallHouse } from '../../features/calls/call-house.ts'
import { type Browser, fromOutside, leaveAlone, sessionOf, sitDown, wordsOf } from './at-desk.ts'

/* Lucía at her desk, page by page as her browser sees it, in the whole house. */
let house: Awaited<ReturnType<typeof openCallHouse>>
let lucia: Browser

beforeAll(async () => {
  house = await openCallHouse()
  lucia = await sitDown(house.app.origin, house.owner, house.lucia)
}, 90_000)
afterAll(async () => {
  await house?.close()
})
beforeEach(() => house.owner('rate_limits').delete())

let ringing = 0
const pop = async (browser: Browser, ani: string) => {
  ringing += 1
  const query = new URLSearchParams({ ani, call: `pbx-console-${ringing}` })
  const answer = await fromOutside(browser, `/staff/calls/pop?${query}`)
  expect(answer.status, wordsOf(answer.text)).toBe(303)
  return answer.location ?? ''
}
const candidateIn = (html: string) => load(html)('input[name=candidate]').first().attr('value') ?? ''

/** Ana rings from her own number, and Lucía opens her record. */
async function ringAsAna(browser: Browser = lucia): Promise<string> {
  const call = await pop(browser, anasNumber)
  const page = await browser.open(call)
  const answer = await browser.submit(`${call}/choose`, {
    candidate: candidateIn(page.text),
    reason: 'order',
    words: '',
  })
  expect([answer.status, answer.location]).toEqual([303, call])
  return call
}

async function verify(call: string, browser: Browser = lucia): Promise<string> {
  const ladder = await browser.open(call)
  const to = load(ladder.text)('input[name=code_to]').first().attr('value') ?? ''
  const sent = await browser.submit(`${call}/code`, { code_to: to })
  expect(sent.location).toBe(`${call}?done=code-sent`)
  const answer = await browser.submit(`${call}/code/check`, { code: await house.lastCode() })
  expect(answer.location, wordsOf(answer.text)).toBe(`${call}?done=verified`)
  return (await browser.open(answer.location ?? '')).text
}

/** Bruno rings from a hidden number, and proves himself with a code to his mail. */
async function brunoVerified() {
  const call = await pop(lucia, 'anonymous')
  await lucia.open(call)
  const found = await lucia.submit(`${call}/find`, { identifier: house.email('bruno') })
  await lucia.submit(`${call}/choose`, { candidate: candidateIn(found.text), reason: 'account', words: '' })
  const to =
    load((await lucia.open(call)).text)('input[name=code_to]')
      .first()
      .attr('value') ?? ''
  await lucia.submit(`${call}/code`, { code_to: to })
  const answer = await lucia.submit(`${call}/code/check`, { code: house.lastCode('bruno') })
  expect(answer.location).toBe(`${call}?done=verified`)
  return { call, to }
}

const callIdIn = (call: string) => call.split('/')[3] ?? ''
const trail = async (action: string) =>
  (await house.activityOf(house.ana)).filter((one) => one.action === action)

describe('a call that comes in', () => {
  it('opens with masked candidates and says that a number proves nobody (R50)', async () => {
    const page = await lucia.open(await pop(lucia, anasNumber))
    const said = wordsOf(page.text)
    expect(said).toContain('Que coincida el número no demuestra quién habla')
    expect(said).toContain('Sin comprobar')
    expect(load(page.text)('input[name=candidate]')).toHaveLength(1)
    for (const secret of ['ana@correo.example', 'Ibarra', '600111222', '600 11 12 22']) {
      expect(page.text).not.toContain(secret)
    }
  })

  it('is the same call when the telephone opens its page twice', async () => {
    const address = `/staff/calls/pop?${new URLSearchParams({ ani: anasNumber, call: 'pbx-twice' })}`
    const [first, second] = [await fromOutside(lucia, address), await fromOutside(lucia, address)]
    expect(first.location).toBe(second.location)
  })

  it('says nothing of whether there is an account where nobody is found, and opens all the same', async () => {
    const call = await pop(lucia, 'anonymous')
    await lucia.open(call)
    const nobody = await lucia.submit(`${call}/find`, { identifier: 'nadie@correo.example' })
    expect(nobody.status).toBe(200)
    expect(wordsOf(nobody.text)).toContain('No le digas a quien llama si existe o no una cuenta')
    expect(load(nobody.text)('#identifier').attr('value')).toBe('nadie@correo.example')
    const found = await lucia.submit(`${call}/find`, { identifier: house.email('bruno') })
    expect(load(found.text)('input[name=candidate]')).toHaveLength(1)
    expect(wordsOf(found.text)).toContain('por el correo')
  })

  it('opens no record without a reason, and keeps what was typed', async () => {
    const call = await pop(lucia, anasNumber)
    const page = await lucia.open(call)
    const candidate = candidateIn(page.text)
    const missing = await lucia.submit(`${call}/choose`, { candidate, reason: 'other', words: '' })
    expect(missing.status).toBe(422)
    expect(load(missing.text)('#words-error').text()).toBe('Escribe para qué llama.')
    expect(load(missing.text)(`input[value="${candidate}"]`).attr('checked')).toBeDefined()
    const nothing = await lucia.submit(`${call}/choose`, { candidate: '', reason: '', words: '' })
    expect(load(nothing.text)('#error-summary a')).toHaveLength(2)
    expect(wordsOf((await lucia.open(call)).text)).toContain('¿Quién llama?')
  })

  it('can be opened by hand where no telephone does it, and says which number is none', async () => {
    await lucia.open('/staff/calls')
    const wrong = await lucia.submit('/staff/calls', { ani: '12', language: 'es' })
    expect([wrong.status, load(wrong.text)('#ani').attr('value')]).toEqual([422, '12'])
    const opened = await lucia.submit('/staff/calls', { ani: '', language: 'en' })
    expect(opened.status).toBe(303)
    expect((await lucia.open(opened.location ?? '')).text).toContain('lang="en"')
  })
})

describe('checking who calls', () => {
  it('shows the fields only after a code that the caller reads out and the agent never sees', async () => {
    const call = await ringAsAna()
    const ladder = await lucia.open(call)
    expect(
      load(ladder.text)('.ladder h2')
        .toArray()
        .map((one) => load(ladder.text)(one).text()),
    ).toEqual(['En su propio dispositivo', 'Un código a un contacto ya registrado', 'Devolver la llamada'])
    expect(wordsOf(ladder.text)).toContain('No preguntes por datos de la ficha')
    const shown = await verify(call)
    expect(shown).not.toContain(await house.lastCode())
    const said = wordsOf(shown)
    expect(said).toContain('Comprobado con un código')
    expect(said).toContain('a•••@')
    expect(shown).not.toContain('ana@correo.example')
    expect(await trail('call.fields-read')).not.toEqual([])
  })

  it('unmasks one field for one look, with a reason that stays on record', async () => {
    const call = await ringAsAna()
    await verify(call)
    const refused = await lucia.submit(`${call}/unmask`, { attribute: 'email', why: '' })
    expect([refused.status, load(refused.text)('#why-error').text()]).toEqual([
      422,
      'Escribe para qué lo necesitas.',
    ])
    const whole = await lucia.submit(`${call}/unmask`, { attribute: 'email', why: 'Dictar la factura' })
    const value = load(whole.text)('[data-masks-again]')
    expect([value.attr('data-masks-again'), value.find('strong').text()]).toEqual([
      '30',
      'ana@correo.example',
    ])
    expect((await lucia.open(call)).text).not.toContain('ana@correo.example')
    expect((await trail('call.field-unmasked')).at(-1)).toMatchObject({ reason: 'Dictar la factura' })
  })

  it('asks a wrong code again without a word of it, and keeps nothing of it on the page', async () => {
    const call = await ringAsAna()
    const to =
      load((await lucia.open(call)).text)('input[name=code_to]')
        .first()
        .attr('value') ?? ''
    await lucia.submit(`${call}/code`, { code_to: to })
    const wrong = await lucia.submit(`${call}/code/check`, { code: '000000' })
    expect(wrong.status).toBe(422)
    expect(load(wrong.text)('#code-error').text()).toBe('Pide que lo lea otra vez. El código no coincide.')
    expect(load(wrong.text)('#code').attr('value')).toBeUndefined()
  })

  it('ends after two failures with words that give nothing away, and verifies nobody any more', async () => {
    const call = await ringAsAna()
    for (const failure of [1, 2]) {
      const number =
        load((await lucia.open(call)).text)('input[name=number]')
          .first()
          .attr('value') ?? ''
      const planned = await lucia.submit(`${call}/call-back`, { number })
      expect(planned.status, `${failure}`).toBe(200)
      await lucia.submit(`${call}/call-back/confirm`, { answered: 'no', second_call: '' })
    }
    const stopped = await lucia.open(call)
    expect(wordsOf(stopped.text)).toContain('Ahora no puedo seguir con esta gestión por teléfono.')
    expect(stopped.text).not.toMatch(/a•••@|600111222/)
    expect((await lucia.submit(`${call}/code`, { code_to: 'anything' })).location).toBe(call)
    expect((await lucia.open(`${call}/choices`)).location).toBe(call)
    expect(wordsOf((await lucia.open(`${call}?done=verified`)).text)).not.toContain('Comprobado.')
  })

  it('stops when the account is locked meanwhile, whatever was reached before, and says nothing of why (R55)', async () => {
    const { call, to } = await brunoVerified()
    expect(wordsOf((await lucia.open(call)).text)).toContain('Sus datos')

    const bruno = await house.subjectIdOf('bruno')
    await house.owner('subjects').where({ subject_id: bruno }).update({ state: 'locked' })
    const stopped = await lucia.open(call)
    expect(wordsOf(stopped.text)).toMatch(/La cuenta está bloqueada.*Ahora no puedo seguir/)
    expect(stopped.text).not.toMatch(/b•••@|name="attribute"/)
    for (const step of ['unmask', 'choices', 'request', 'code']) {
      const fields = {
        unmask: { attribute: 'email', why: 'x' },
        choices: {},
        request: { right: 'access', words: '' },
        code: { code_to: to },
      }[step]
      expect((await lucia.submit(`${call}/${step}`, fields ?? {})).location, step).toBe(call)
    }
    await house.owner('subjects').where({ subject_id: bruno }).update({ state: 'active' })
  })

  it('tells the registered number once, and takes no call back without its own reference', async () => {
    const call = await ringAsAna()
    const number =
      load((await lucia.open(call)).text)('input[name=number]')
        .first()
        .attr('value') ?? ''
    const planned = await lucia.submit(`${call}/call-back`, { number })
    expect(wordsOf(planned.text)).toContain(anasNumber)
    expect((await lucia.open(call)).text).not.toContain(anasNumber)
    expect((await lucia.submit(`${call}/call-back`, { number })).text).not.toContain(anasNumber)
    const missing = await lucia.submit(`${call}/call-back/confirm`, { answered: 'yes', second_call: '' })
    expect([missing.status, load(missing.text)('#second_call-error').text()]).toEqual([
      422,
      'Escribe la referencia de la segunda llamada.',
    ])
    const answered = () =>
      lucia.submit(`${call}/call-back/confirm`, { answered: 'yes', second_call: 'pbx-second' })
    expect((await answered()).location).toBe(`${call}?done=call-back-told`)
    const noted = wordsOf((await lucia.open(`${call}?done=call-back-told`)).text)
    expect(noted).toMatch(/No comprueba quién es.*Comprueba que es quien dice ser/)
    await lucia.submit(`${call}/call-back`, { number })
    await house.announce('pbx-second', { ani: anasNumber, outgoing: true })
    expect((await answered()).location).toBe(`${call}?done=verified`)
  })

  it('looks away by itself from a value that was shown, also where no script runs', async () => {
    const call = await ringAsAna()
    await verify(call)
    const whole = await lucia.submit(`${call}/unmask`, { attribute: 'email', why: 'Dictar la factura' })
    expect(whole.text).toContain(`<noscript><meta http-equiv="refresh" content="30; url=${call}"`)
    expect((await lucia.open(call)).text).not.toContain('http-equiv="refresh"')
  })
})

describe('what a caller decides', () => {
  const email = 'marketing.direct.email'
  const sms = 'marketing.direct.sms'
  const permitted = async (channel: string) =>
    (await house.parts.ledger.records.permissionsOf(house.ana)).find(
      ({ purpose, contactChannel }) => purpose === 'marketing.direct' && contactChannel === channel,
    )?.decision

  async function script(call: string) {
    const page = await lucia.open(`${call}/choices`)
    const $ = load(page.text)
    const shown = $('input[name^="shown."]')
      .toArray()
      .map((one) => [$(one).attr('name'), $(one).attr('value')])
    const action = $('main form').last().attr('action') ?? ''
    return { page, $, action, shown: Object.fromEntries(shown) as Record<string, string> }
  }

  it('is read in the words that were published, with their version, and nothing is preset', async () => {
    const call = await ringAsAna()
    await verify(call)
    const { page, $ } = await script(call)
    expect($('input[type=radio][checked]')).toHaveLength(0)
    expect(wordsOf(page.text)).toContain('Tú no dices que sí por nadie')
    expect($('.aloud blockquote').first().text()).not.toBe('')
    expect(wordsOf(page.text)).toMatch(/versión \d+, Español/)
  })

  it('counts at once where it is a no, and permits nothing where it is a yes that nobody confirmed (R56, R57)', async () => {
    const call = await ringAsAna()
    await verify(call)
    const { action, shown } = await script(call)
    expect(await permitted('email')).toBe('PERMIT')
    const nothing = await lucia.submit(action, { ...shown, recording: '' })
    expect([nothing.status, wordsOf(nothing.text).includes('Marca al menos una respuesta')]).toEqual([
      422,
      true,
    ])
    const spaced = await lucia.submit(action, {
      ...shown,
      [`choice.${sms}`]: 'yes',
      recording: 'con espacios',
    })
    expect(load(spaced.text)('#recording').attr('value')).toBe('con espacios')
    expect(load(spaced.text)(`input[name="choice.${sms}"][value=yes]`).attr('checked')).toBeDefined()

    const told = await lucia.submit(action, {
      ...shown,
      [`choice.${email}`]: 'no',
      [`choice.${sms}`]: 'yes',
      recording: 'R-88213',
    })
    const said = wordsOf(told.text)
    expect(told.status, said).toBe(200)
    expect(said).toContain('Ha dicho que no. Vale desde ahora.')
    expect(said).toContain('No cuenta hasta que lo confirme.')
    expect(said).toContain('Esto no lo he hecho yo')
    expect(told.text).not.toContain('ana@correo.example')
    expect([await permitted('email'), await permitted('sms')]).not.toContain('PERMIT')
    const acts = await house.owner('call_acts').where({ call_id: callIdIn(call) })
    expect(acts).toHaveLength(1)
    expect(acts[0].particulars).toMatchObject({ recording_id: 'R-88213' })
    expect(acts[0].particulars.script).toMatch(/ v\d+ es/)
  })

  it('is read in the language the call goes on in', async () => {
    const call = await ringAsAna()
    await verify(call)
    expect((await lucia.submit(`${call}/language`, { language: 'en' })).location).toBe(
      `${call}?done=language`,
    )
    const { $, shown } = await script(call)
    expect($('.aloud blockquote').first().attr('lang')).toBe('en')
    expect(Object.values(shown).every((notice) => notice.split('|')[2] === 'en')).toBe(true)
    expect((await lucia.submit(`${call}/language`, { language: 'xx' })).location).toBe(call)
  })

  it('is only ever a no of whoever was not verified, and shows nothing of how it stands (R56)', async () => {
    const call = await ringAsAna()
    const { page, $, action, shown } = await script(call)
    expect(wordsOf(page.text)).toContain('Para decir que no, no hace falta comprobar quién llama')
    expect($('input[type=radio]')).toHaveLength(0)
    expect($('input[type=checkbox][checked]')).toHaveLength(0)
    expect(wordsOf(page.text)).not.toMatch(/Ahora: /)
    const yes = await lucia.submit(action, { ...shown, [`choice.${email}`]: 'yes', recording: '' })
    expect([yes.status, yes.location]).toEqual([303, call])
    const no = await lucia.submit(action.replace(/once=[\w-]+/, 'once=another-key-of-a-form'), {
      ...shown,
      ['choice.personalisation.onsite.none']: 'no',
      recording: '',
    })
    expect(wordsOf(no.text)).toContain('Ha dicho que no. Vale desde ahora.')
  })

  it('becomes a request where that is what they ask for, with its reference and its day', async () => {
    const call = await ringAsAna()
    await lucia.open(`${call}/request`)
    const missing = await lucia.submit(`${call}/request`, { right: '', words: 'Quiere sus datos' })
    expect([missing.status, load(missing.text)('#words').text()]).toEqual([422, 'Quiere sus datos'])
    const action = load(missing.text)('main form').last().attr('action') ?? ''
    const opened = await lucia.submit(action, { right: 'access', words: 'Quiere sus datos' })
    expect(wordsOf(opened.text)).toMatch(/Solicitud abierta.*Respondemos como muy tarde el/)
    const again = await lucia.submit(action, { right: 'access', words: 'Quiere sus datos' })
    const reference = (html: string) => load(html)('dd .reference').text()
    expect(reference(again.text)).toBe(reference(opened.text))
  })
})

describe('the ends of a call', () => {
  it('ends with a word on what it came to, what was sent, and no more access', async () => {
    const call = await ringAsAna()
    await verify(call)
    await lucia.open(`${call}/wrap-up`)
    expect((await lucia.submit(`${call}/wrap-up`, { summary: '' })).status).toBe(422)
    const ended = await lucia.submit(`${call}/wrap-up`, { summary: 'answered' })
    expect(wordsOf(ended.text)).toMatch(
      /Llamada terminada.*Duda resuelta.*Un código para comprobar quién era/,
    )
    const after = await lucia.open(call)
    expect([after.status, wordsOf(after.text).includes('Esta llamada ha terminado')]).toEqual([410, true])
    expect((await lucia.submit(`${call}/unmask`, { attribute: 'email', why: 'otra vez' })).status).toBe(410)
  })

  it('is taken up within five minutes after it was cut off, and not after six', async () => {
    const call = await ringAsAna()
    await verify(call)
    expect((await lucia.submit(`${call}/drop`, {})).location).toBe('/staff/calls?done=dropped')
    expect((await lucia.open(call)).location).toBe('/staff/calls')
    expect(wordsOf((await lucia.open('/staff/calls')).text)).toContain('Se cortó. Puedes retomarla')
    house.later(4 * 60_000)
    const resumed = await lucia.submit(`${call}/resume`, {})
    // Whoever rings now may be somebody else: the ladder begins anew.
    const again = await lucia.open(resumed.location ?? '')
    expect(wordsOf(again.text)).toMatch(/Llamada retomada.*Comprueba que es quien dice ser/)
    await lucia.submit(`${call}/drop`, {})
    house.later(6 * 60_000)
    const late = await lucia.submit(`${call}/resume`, {})
    expect(late.status).toBe(410)
  })

  it('is nobody else’s: another agent is told the same as of a call that never was', async () => {
    const call = await ringAsAna()
    const marcos = await sitDown(house.app.origin, house.owner, await house.agentNamed('marcos'))
    const theirs = await marcos.open(call)
    const never = await marcos.open('/staff/calls/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11')
    expect([theirs.status, never.status]).toEqual([404, 404])
    expect(wordsOf(theirs.text)).toBe(wordsOf(never.text))
    expect((await marcos.submit(`${call}/code`, { code_to: 'x' })).status).toBe(404)
  })

  it('is seen by whoever watches over the work, without a word about a customer', async () => {
    await ringAsAna()
    const dpo = await sitDown(house.app.origin, house.owner, await house.agentNamed('diego', 'dpo'))
    const live = await dpo.open('/staff/calls/live')
    expect(live.status).toBe(200)
    expect(wordsOf(live.text)).toMatch(/LL-\w{6}/)
    expect(live.text).not.toMatch(/A···|a•••@|ana@|href="\/staff\/calls\/[0-9a-f]/)
    expect((await lucia.open('/staff/calls/live')).status).toBe(403)
    expect((await dpo.open('/staff/calls')).status).toBe(403)
  })
})

describe('a desk that was left alone', () => {
  it('locks after five minutes, and what any other page wakes stays locked', async () => {
    const nora = await house.agentNamed('nora')
    const browser = await sitDown(house.app.origin, house.owner, nora)
    const call = await ringAsAna(browser)
    await leaveAlone(house.owner, nora.staffId, 240)
    expect((await browser.open(call)).status).toBe(200)
    await leaveAlone(house.owner, nora.staffId, 330)
    const locked = await browser.open(call)
    expect(locked.location).toBe(`/staff/sign-in?${new URLSearchParams({ to: call, done: 'locked' })}`)
    expect(wordsOf((await browser.open(locked.location ?? '')).text)).toContain('Confirma que eres tú')
    expect((await browser.open('/staff')).status).toBe(200)
    expect((await browser.open(call)).status).toBe(303)
    browser.cookies.set('placet_staff', await sessionOf(house.owner, nora))
    expect((await browser.open(call)).status).toBe(200)
  })

  it('is not kept awake by a page that waits for an answer', async () => {
    const olga = await house.agentNamed('olga')
    const browser = await sitDown(house.app.origin, house.owner, olga)
    const call = await ringAsAna(browser)
    for (let minute = 1; minute <= 4; minute += 1) {
      await leaveAlone(house.owner, olga.staffId, 60)
      expect((await browser.open(`${call}/waiting/state`)).status).toBe(200)
    }
    await leaveAlone(house.owner, olga.staffId, 90)
    const state = await browser.send(`${call}/waiting/state`, { headers: { accept: 'application/json' } })
    expect([state.status, JSON.parse(state.text).code]).toEqual([401, 'staff-session-idle'])
  })

  it('gives back what was typed, to the same agent and on the same page alone', async () => {
    const pilar = await house.agentNamed('pilar')
    const browser = await sitDown(house.app.origin, house.owner, pilar)
    const call = await ringAsAna(browser)
    await browser.open(`${call}/request`)
    await leaveAlone(house.owner, pilar.staffId, 400)
    const requests = () => house.owner('privacy_requests').where({ subject_id: house.ana })
    const before = await requests()
    const words = 'Quiere que le borremos la tarjeta'
    const locked = await browser.submit(`${call}/request`, { right: 'erasure', words })
    expect(locked.location).toBe(
      `/staff/sign-in?${new URLSearchParams({ to: `${call}/request`, done: 'locked' })}`,
    )
    expect(await requests()).toHaveLength(before.length)

    const sealed = browser.cookies.get('placet_typed') ?? ''
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('tarjeta')
    const quim = await house.agentNamed('quim')
    const other = await sitDown(house.app.origin, house.owner, quim)
    other.cookies.set('placet_typed', sealed)
    expect((await other.open('/staff/calls')).text).not.toContain(words)

    browser.cookies.set('placet_staff', await sessionOf(house.owner, pilar))
    const back = await browser.open(`${call}/request`)
    expect(load(back.text)('#words').text()).toBe(words)
    expect(wordsOf(back.text)).toContain('Aquí sigue lo que habías escrito')
    expect((await browser.open(`${call}/request`)).text).not.toContain(words)
  })
})

describe('a caller whose data are restricted', () => {
  it('is told of above everything else: none of the data are shown and no yes is taken (R55)', async () => {
    const { call } = await brunoVerified()
    const { ledger, house: controlled } = house.parts
    await restrictProcessing(ledger, {
      subjectId: await house.subjectIdOf('bruno'),
      actor: { ...(await house.agentNamed('dora', 'dpo')), roles: ['dpo'] },
      evidence: { channel: 'web', surface: 'dpo-console', language: 'es' },
      idempotencyKey: 'bruno-contests-his-address',
      controller: controlled.controller,
      scope: ['*'],
      ground: 'accuracy',
    })
    const page = await lucia.open(call)
    expect(wordsOf(page.text)).toMatch(/El uso de sus datos está limitado.*Apuntar que retira un permiso/)
    expect(page.text).not.toMatch(/b•••@|name="attribute"/)
    expect(wordsOf((await lucia.open(`${call}/choices`)).text)).toContain('¿Qué permiso retira?')
  })
})
