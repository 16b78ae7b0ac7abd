import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { loyaltyCardIndex } from '../../../src/features/identity/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { limits } from '../../../src/platform/limits/index.ts'
import { enrol } from '../../house/enrolling.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { dpopProof, type KeyOfClient, makeKey } from '../../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { publishAllergies } from './allergies.ts'
import { giveCard } from './cards.ts'
import { arrangeShop, neighbour as besideIt, terminal } from './kiosk-shop.ts'

/* The way without a smartphone: the number of a card, and a code to what its owner has proven to be theirs. */
interface Screen {
  readonly clientId: string
  readonly key: KeyOfClient
  readonly browser: Visitor
}

let app: TestApp
let owner: ReturnType<typeof openLane>
let screen: Screen
let neighbour: Screen
const ana = { ...personCalled('ana'), card: '2910 0000 0001 4', phone: '+34600111222' }
const bruno = { ...personCalled('bruno'), card: '2910000000021' }
const carmen = { ...personCalled('carmen'), card: '2910000000038' }
const nobodys = '2999999999999'

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'cards', 1)
  await arrangeShop(app)
  screen = await open(terminal)
  neighbour = await open(besideIt)
  await giveCard(app, ana.email, ana)
  await giveCard(app, bruno.email, { card: bruno.card })
  await giveCard(app, carmen.email, { card: carmen.card })
  await owner('identifiers')
    .where({ subject_id: await subjectOf(carmen.card) })
    .update({ verified_at: null })
}, 90_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})
beforeEach(() => owner('rate_limits').delete())

const subjectOf = async (card: string): Promise<string> => {
  return String(
    await app.house.reads.identifiers.findSubject(loyaltyCardIndex(app.house.platform.blindIndex, card)),
  )
}

async function open(id: string): Promise<Screen> {
  const key = await makeKey()
  const { code } = await commandHouse(app.house).terminals.code(id)
  const { status, body } = await enrol(app, { code, key, from: '127.0.0.1' })
  if (status !== 201) throw new Error(JSON.stringify(body))
  const browser = new Visitor(app.origin)
  await browser.open('/staff/sign-in')
  return { clientId: String(body['client_id']), key, browser }
}

interface Said {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function send(
  path: string,
  fields: object,
  at: Screen = screen,
  key: KeyOfClient = at.key,
  proof?: string,
): Promise<Said> {
  const answer = await at.browser.ask(path, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': at.browser.csrf,
      dpop: proof ?? (await dpopProof(key, 'POST', `${app.origin}${path}`)),
    },
    body: JSON.stringify({ client_id: at.clientId, ...fields }),
  })
  return { status: answer.status, body: JSON.parse(answer.text) }
}

const ask = (card: string, at?: Screen) => send('/kiosk/card/code', { card }, at)
const redeem = (card: string, asked: Said, code: string, at?: Screen) =>
  send('/kiosk/card', { card, transaction: asked.body['transaction'], code }, at)
const sent = () => app.outbox.messages.filter(({ kind }) => /kiosk/.test(kind))
const codeSent = async (before: number): Promise<string> => {
  await expect.poll(() => sent().length).toBe(before + 1)
  return /\b\d{6}\b/.exec(sent().at(-1)?.text ?? '')?.[0] ?? ''
}
/** What a stranger learns from an answer: the transaction is drawn anew for each, and so are the names of requests. */
const told = ({ status, body: { transaction, minutes, code, title, detail, errors } }: Said) =>
  JSON.stringify({ status, minutes, code, title, detail, errors, drawn: String(transaction ?? '').length })

const failures = async () =>
  (await owner('audit_entries')).filter(({ entry }) => JSON.parse(entry).action === 'sign-in.failed').length

describe('A loyalty card and a code, at a kiosk', () => {
  it('opens a visit as sure as a code, with a code sent to the number that the owner had proven (R67, R46)', async () => {
    const before = sent().length
    const asked = await ask(ana.card)
    expect(asked).toMatchObject({ status: 200, body: { minutes: 10 } })
    // Nothing of her is on the screen, not even the last digits of where the code went.
    expect(JSON.stringify(asked.body)).not.toMatch(/600|222|@|Ana/)
    const code = await codeSent(before)
    expect(sent().at(-1)).toMatchObject({ kind: 'sms-kiosk-code', recipients: ['34600111222@sms.invalid'] })
    expect(sent().at(-1)?.text).toContain('Quiosco 3, Tienda Gran Vía')
    const opened = await redeem('29100000 00014', asked, code)
    expect(opened).toMatchObject({ status: 201, body: { next: '/kiosk/choices' } })
    expect(await owner('oidc_visits')).toMatchObject([{ assurance: 'code', touchpoint_id: terminal }])
    // The code was for one use.
    expect((await redeem(ana.card, asked, code)).status).toBe(422)
  })

  it('records the customer’s own yes, and the proof says how surely it was them (R57)', async () => {
    const page = await screen.browser.open('/kiosk/choices')
    const shown = await screen.browser.choose(page, { 'marketing.direct.email': 'yes' })
    expect(shown.text).toContain('Revisa tus respuestas')
    const fields = [...shown.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    const action =
      /<form[^>]+action="([^"]*once=[^"]+)"/.exec(shown.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const done = await screen.browser.submit(action, {
      ...Object.fromEntries(
        fields.map(([, name = '', value = '']) => [
          name,
          value.replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
        ]),
      ),
      decide: 'save',
    })
    expect(done.text).toContain('Guardado')
    const [event] = await owner('consent_events').where({ touchpoint: terminal })
    expect(event).toMatchObject({ type: 'given', channel: 'kiosk', subject_id: await subjectOf(ana.card) })
    const lines = (await owner('audit_entries').orderBy('seq')).map(({ entry }) => JSON.parse(entry))
    expect(
      lines.filter(({ action, touchpoint }) => action === 'sign-in.succeeded' && touchpoint === terminal),
    ).toMatchObject([{ facts: { assurance: 'code' }, channel: 'kiosk' }])
    // She finds it on her own phone: what, by which channel and where, and that it was her.
    const phone = new Visitor(app.origin)
    const main = (html: string) => load(html)('main').text().replaceAll(/\s+/g, ' ')
    const history = main((await phone.signIn('/privacy/history', ana)).text)
    expect(history).toContain('Quiosco 3')
    expect(history).not.toContain('lo apuntó')
    const activity = main((await phone.open('/privacy/security')).text)
    expect(activity).toMatch(/Entraste en un quiosco[^·]*·[^·]*Quiosco 3/)
  })

  it('goes by mail where there is no number, and to nobody where nothing was ever proven', async () => {
    const before = sent().length
    const asked = await ask(bruno.card)
    const code = await codeSent(before)
    expect(sent().at(-1)).toMatchObject({ kind: 'code-kiosk', recipients: [bruno.email] })
    const unproven = await ask(carmen.card)
    expect(told(unproven)).toBe(told(asked))
    expect((await redeem(bruno.card, asked, code)).status).toBe(201)
    expect(sent()).toHaveLength(before + 1)
  })

  it('answers a card of nobody, of a locked account and of somebody alike, for the code and for the try (R40, R63)', async () => {
    const subjectId = await subjectOf(bruno.card)
    await owner('subjects').where({ subject_id: subjectId }).update({ state: 'locked' })
    const before = sent().length
    const answers = []
    for (const card of [nobodys, bruno.card, 'no card at all', ana.card]) {
      const asked = await ask(card)
      answers.push({ asked: told(asked), tried: told(await redeem(card, asked, '000000')) })
    }
    await owner('subjects').where({ subject_id: subjectId }).update({ state: 'active' })
    expect(new Set(answers.map(({ asked }) => asked)).size).toBe(1)
    expect(new Set(answers.map(({ tried }) => tried)).size).toBe(1)
    expect(answers[0]?.tried).toContain('kiosk-code-wrong')
    await codeSent(before)
    // The same rows for each: whoever watches the database's work cannot tell them apart either.
    const rows = await owner('one_time_codes')
      .where({ purpose: 'kiosk' })
      .orderBy('created_at', 'desc')
      .limit(4)
    expect(rows.map(({ guesses }) => guesses)).toEqual([1, 1, 1, 1])
  })

  it('takes five guesses in all, however many come at once, and then not even the right one (R67)', async () => {
    const before = sent().length
    const asked = await ask(ana.card)
    const code = await codeSent(before)
    const wrong = code === '123456' ? '654321' : '123456'
    const tries = await Promise.all(Array.from({ length: 8 }, () => redeem(ana.card, asked, wrong)))
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([422]))
    expect((await redeem(ana.card, asked, code)).status).toBe(422)
    const [row] = await owner('one_time_codes')
      .where({ purpose: 'kiosk' })
      .orderBy('created_at', 'desc')
      .limit(1)
    expect(row.guesses).toBe(5)
    // She finds it in her activity.
    await expect.poll(failures).toBeGreaterThan(4)
  })

  it('counts at the terminal that asked, with its key, for ten minutes: whoever looked over a shoulder has nothing (R70)', async () => {
    const before = sent().length
    const failed = await failures()
    const asked = await ask(ana.card)
    const code = await codeSent(before)
    expect((await redeem(ana.card, asked, code, neighbour)).status).toBe(422)
    // The owner of the card is told of it in her activity.
    await expect.poll(failures).toBe(failed + 1)
    const stranger = await makeKey()
    const fields = { card: ana.card, transaction: asked.body['transaction'], code }
    expect((await send('/kiosk/card', fields, screen, stranger)).status).toBe(401)
    expect((await send('/kiosk/card/code', { card: ana.card }, screen, stranger)).status).toBe(401)
    expect((await redeem(bruno.card, asked, code)).status).toBe(422)
    await owner('one_time_codes').update({ expires_at: new Date(0) })
    expect((await redeem(ana.card, asked, code)).status).toBe(422)
  })

  it('is asked for and read out by one request each: its proof, caught on the way, does nothing a second time (RFC 9449 11.1)', async () => {
    const proofOf = (path: string) => dpopProof(screen.key, 'POST', `${app.origin}${path}`)
    const twice = async (path: string, fields: object) => {
      const proof = await proofOf(path)
      const first = await send(path, fields, screen, screen.key, proof)
      return { first, second: await send(path, fields, screen, screen.key, proof) }
    }
    const before = sent().length
    const asked = await twice('/kiosk/card/code', { card: ana.card })
    expect(asked.first.status).toBe(200)
    expect(asked.second).toMatchObject({ status: 401, body: { code: 'kiosk-token-refused' } })
    const code = await codeSent(before)
    const fields = { card: ana.card, transaction: asked.first.body['transaction'], code }
    const came = await twice('/kiosk/card', fields)
    expect([came.first.status, came.second.status]).toEqual([201, 401])
    const called = await twice('/kiosk/help', { want: 'raise' })
    expect([called.first.status, called.second.status]).toEqual([200, 401])
    expect((await send('/kiosk/help', { want: 'withdraw' })).status).toBe(200)
    // At once, in any number: one of them does it.
    const proof = await proofOf('/kiosk/help')
    const many = await Promise.all(
      Array.from({ length: 6 }, () => send('/kiosk/help', { want: 'raise' }, screen, screen.key, proof)),
    )
    expect(many.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401])
    // What is only looked at changes nothing, however often.
    const looking = await twice('/kiosk/help', { want: 'state' })
    expect([looking.first.status, looking.second.status]).toEqual([200, 200])
    await send('/kiosk/help', { want: 'withdraw' })
  })

  it('is still to be had while every screen of the store waits for help: that is counted apart', async () => {
    await send('/kiosk/help', { want: 'state' })
    const waiting = await owner('rate_limits').select('key')
    await send('/kiosk/card/code', { card: nobodys })
    // Whatever help had used up: nothing of it is what the card is let in by.
    await owner('rate_limits')
      .whereIn(
        'key',
        waiting.map(({ key }) => key),
      )
      .update({ points: 10_000_000 })
    expect((await send('/kiosk/help', { want: 'state' })).status).toBe(429)
    expect((await ask(ana.card)).status).toBe(200)
    expect(limits['kiosk-help-screen'].tiers[0].points).toBeGreaterThan(2 * 60)
    expect(limits['kiosk-help-caller'].tiers[0].points).toBeGreaterThan(40 * 60)
  })

  it('is limited by card, by terminal and by store, and a refusal is counted for the operator', async () => {
    const most = (name: 'kiosk-code-card' | 'kiosk-code-terminal' | 'kiosk-code-store') =>
      limits[name].tiers[0].points
    for (let at = 0; at < most('kiosk-code-card'); at += 1) expect((await ask(ana.card)).status).toBe(200)
    // At the neighbour as well: it is the card that is counted.
    expect((await ask(ana.card, neighbour)).status).toBe(429)
    expect((await ask(bruno.card)).status).toBe(200)
    await owner('rate_limits').delete()
    // A row of made-up numbers ends at its terminal, before it reaches what is its store's.
    for (let at = 0; at < most('kiosk-code-terminal'); at += 1) {
      expect((await ask(`${nobodys}${at}`)).status).toBe(200)
    }
    const over = await ask(`${nobodys}x`)
    expect(over.status).toBe(429)
    expect((await ask(bruno.card, neighbour)).status).toBe(200)
    expect(most('kiosk-code-store')).toBeGreaterThan(most('kiosk-code-terminal'))
    expect((await app.house.platform.metrics.expose()).body).toMatch(/limit="kiosk-code-terminal"[^\n]* 1/)
  })
  it('asks nobody who is known by a code alone about special categories, and takes no such answer (GDPR Art. 9)', async () => {
    await publishAllergies(app, owner)
    const before = sent().length
    const asked = await ask(ana.card)
    expect((await redeem(ana.card, asked, await codeSent(before))).status).toBe(201)
    const page = await screen.browser.open('/kiosk/choices')
    expect(page.text).toContain('Ofertas y novedades')
    expect(page.text).not.toContain('Alergias')
    const address =
      /<form[^>]+action="([^"]*once=[^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const told = await screen.browser.submit(address, {
      'choice.food.advice.none': 'yes',
      'shown.food.advice.none':
        /name="shown[^"]+" value="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&quot;', '"') ?? '',
      decide: 'save',
    })
    expect(told.status).toBe(422)
    expect(await owner('consent_events').where({ purpose_id: 'food.advice' })).toEqual([])
    // Negative control: whoever proved more is asked.
    await owner('oidc_visits').update({ assurance: 'password' })
    expect((await screen.browser.open('/kiosk/choices')).text).toContain('Alergias')
  })
})

describe('A call for help, at a kiosk', () => {
  const help = (want: 'raise' | 'state' | 'withdraw', at?: Screen) => send('/kiosk/help', { want }, at)
  const comeIn = async () => {
    await owner('rate_limits').delete()
    const before = sent().length
    const asked = await ask(ana.card)
    const opened = await redeem(ana.card, asked, await codeSent(before))
    expect(opened.status).toBe(201)
  }
  const stateAfter = async () => (await help('state')).body['state']
  const whyEnded = async () =>
    (await owner('help_calls').whereNotNull('ended_at').orderBy('ended_at', 'desc'))[0]?.ended_because

  it('ends with the visit of whoever called: the next customer reads nothing that was meant for them', async () => {
    await comeIn()
    expect((await help('raise')).body['state']).toBe('raised')
    await screen.browser.submit('/kiosk/end', {})
    expect(await stateAfter()).toBe('none')
    expect(await whyEnded()).toBe('visit-over')
    expect(await owner('outbox_events').where({ type: 'help-call.lapsed' })).toHaveLength(1)
    // And can call for themselves.
    expect((await help('raise')).body['state']).toBe('raised')
    await help('withdraw')
  })

  it('ends when somebody else signs in over a visit that was left, and when its time is over', async () => {
    await comeIn()
    await help('raise')
    await comeIn()
    expect(await stateAfter()).toBe('none')
    await help('raise')
    await owner('oidc_visits').update({ expires_at: new Date(Date.now() - 1_000) })
    expect(await app.house.oidc.visits?.endIdle(10)).toBe(1)
    expect(await stateAfter()).toBe('none')
  })

  it('goes on while whoever called before signing in gets in after all, and at every other screen', async () => {
    await help('raise')
    await help('raise', neighbour)
    await comeIn()
    expect(await stateAfter()).toBe('raised')
    await screen.browser.submit('/kiosk/end', {})
    expect(await stateAfter()).toBe('none')
    expect((await help('state', neighbour)).body['state']).toBe('raised')
    await help('withdraw', neighbour)
  })

  it('is taken from a page whose cookies were wiped a moment ago, because the key in the terminal signs it', async () => {
    const bare = { ...screen, browser: new Visitor(app.origin) }
    expect(bare.browser.csrf).toBe('')
    expect(await help('raise', bare)).toMatchObject({ status: 200, body: { state: 'raised' } })
    await help('withdraw')
    // Negative control: without the key it is nothing.
    const stranger = await makeKey()
    expect((await send('/kiosk/help', { want: 'raise' }, bare, stranger)).status).toBe(401)
    const closed = load((await screen.browser.open('/kiosk/closed')).text)
    const now = Number(closed('[data-kiosk=closed]').attr('data-now'))
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000)
  })
})
