// @ts-check
// The kiosk before anybody is known: shows a code, and waits for a phone.
import { callsOf } from './kiosk-calls.js'
import { readTerminal } from './kiosk-key.js'
import { drawQr } from './kiosk-qr.js'
import { screenOf } from './kiosk-screen.js'

/** @typedef {import('./kiosk-calls.js').Flow} Flow */

const root = document.querySelector('[data-kiosk]')
if (root instanceof HTMLElement && root.dataset.issuer) run(root, root.dataset.issuer)

/** Seconds: a code is on the screen, still counts after that, and nobody has to touch anything. */
const shown = 55
const grace = 20
const patience = 120

/**
 * @param {HTMLElement} root
 * @param {string} issuer
 */
function run(root, issuer) {
  const began = performance.now()
  const seconds = () => performance.now() / 1000
  // The house's time: the clock of a kiosk may be wrong by years.
  const now = () => Math.floor((Number(root.dataset.now) + performance.now() - began) / 1000)
  /** @type {ReturnType<typeof callsOf> | undefined} */
  let calls
  /** @type {Flow[]} the newest last */
  let flows = []
  let until = 0
  let waitUntil = 0
  let busy = false

  const { all, write, show } = screenOf(root)
  const stop = () => {
    flows = []
    until = 0
    show('attract')
  }
  const more = () => {
    until = seconds() + patience
  }

  /** @param {Flow} flow */
  const draw = ({ code }) => {
    for (const box of all('qr')) drawQr(box, code.verification_uri_complete)
    write('code', code.user_code)
    write('number', code.binding_number)
  }

  const askForCode = async () => {
    if (calls === undefined) return
    const { status, body, retry } = await calls.ask('/oidc/device/auth', { scope: 'openid kiosk' })
    if (status === 429) {
      waitUntil = seconds() + (retry || 60)
      return show('busy')
    }
    if (status !== 200) {
      waitUntil = seconds() + 30
      return show('refused')
    }
    const renewed = flows.length > 0
    /** @type {Flow} */
    const flow = {
      code: body,
      asked: seconds(),
      every: body.interval,
      next: seconds() + body.interval,
      claimed: false,
    }
    flows.push(flow)
    draw(flow)
    if (until <= seconds()) more()
    show('code')
    if (renewed) for (const one of all('told')) one.textContent = one.dataset.told ?? ''
  }

  /** @param {Flow} flow */
  const poll = async (flow) => {
    flow.next = seconds() + flow.every
    if (calls === undefined) return
    const { status, body } = await calls.ask('/oidc/token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: flow.code.device_code,
    })
    // Left meanwhile: whatever was answered is nobody's any more.
    if (!flows.includes(flow)) return
    if (status === 200) return open(body.access_token)
    if (body.error === 'slow_down' || status === 429) {
      flow.every += 5
      flow.next = seconds() + flow.every
    } else if (body.error === 'authorization_pending') {
      if (body.claimed !== true || flow.claimed) return
      flow.claimed = true
      draw(flow)
      show('look-at-phone')
    } else {
      const last = flow.claimed || flows.length === 1
      flows = flows.filter((one) => one !== flow)
      if (!last) return
      flows = []
      waitUntil = seconds() + 15
      show('not-signed-in')
    }
  }

  /** @param {string} token */
  const open = async (token) => {
    flows = []
    const next = await calls?.visit(token, root.dataset.csrf ?? '')
    if (next !== undefined) return location.replace(`${next}?lang=${document.documentElement.lang}`)
    waitUntil = seconds() + 15
    show('not-signed-in')
  }

  /** Goes on while an answer is waited for: a slow line takes nobody's time off the screen. */
  const drawTime = () => {
    if (until === 0) return
    for (const bar of all('bar')) if (bar instanceof HTMLProgressElement) bar.value = until - seconds()
  }

  const step = async () => {
    const claimed = flows.find((flow) => flow.claimed)
    const at = seconds()
    if (until === 0) return
    if (claimed === undefined && at >= until) return stop()
    if (at < waitUntil) return
    flows = flows.filter((flow) => flow.claimed || at - flow.asked < shown + grace)
    const newest = flows.at(-1)
    if (claimed === undefined && (newest === undefined || at - newest.asked >= shown)) return askForCode()
    const due = (claimed ? [claimed] : flows).find((flow) => flow.next <= at)
    if (due) await poll(due)
    else if (root.dataset.kiosk === 'offline') show(claimed ? 'look-at-phone' : 'code')
  }

  const start = () => {
    flows = []
    waitUntil = 0
    more()
  }

  root.addEventListener('click', (event) => {
    const press = event.target instanceof Element ? event.target.closest('[data-press]') : null
    const what = press?.getAttribute('data-press')
    if (!what) return
    event.preventDefault()
    if (what === 'start') start()
    if (what === 'more') more()
    if (what === 'stop') stop()
  })
  addEventListener('offline', () => show('offline'))
  addEventListener('online', () => show(until === 0 ? 'attract' : 'code'))
  // Brought back out of the browser's memory it would show a code that is over.
  addEventListener('pageshow', (event) => event.persisted && location.reload())

  readTerminal().then(
    (found) => {
      if (found === undefined) return show('not-set-up')
      calls = callsOf(found, issuer, now)
      write('place', found.name)
      const address = new URL(location.href)
      if (address.searchParams.has('start')) start()
      history.replaceState(null, '', '/kiosk')
      setInterval(() => {
        drawTime()
        if (busy) return
        busy = true
        step()
          .catch(() => {
            waitUntil = seconds() + 5
            show('offline')
          })
          .finally(() => {
            busy = false
          })
      }, 500)
    },
    () => show('not-set-up'),
  )
}
