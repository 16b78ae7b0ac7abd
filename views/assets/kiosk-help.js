// @ts-check
// A person of the shop, from every screen of a kiosk that has its key.
import { readTerminal } from './kiosk-key.js'
import { post } from './kiosk-post.js'

const box = document.querySelector('[data-help]')

/** @param {HTMLElement} box */
function run(box) {
  let state = 'none'
  let busy = false
  const show = (/** @type {string} */ now, failed = false) => {
    state = now
    for (const one of box.querySelectorAll('[data-help-told], [data-help-press]')) {
      if (!(one instanceof HTMLElement)) continue
      const { helpTold, helpPress } = one.dataset
      one.hidden =
        helpTold === undefined
          ? (helpPress === 'raise') !== (state === 'none')
          : helpTold !== (failed ? 'failed' : state)
    }
  }
  const ask = async (/** @type {string} */ want) => {
    if (busy) return
    busy = true
    try {
      const { status, body } = await post('/kiosk/help', { want }, box.dataset.help ?? '')
      if (status === 200) show(body.state)
      else if (want === 'raise') show('none', true)
    } catch {
      if (want === 'raise') show('none', true)
    } finally {
      busy = false
    }
  }
  box.addEventListener('click', (event) => {
    const press = event.target instanceof Element ? event.target.closest('[data-help-press]') : null
    const want = press?.getAttribute('data-help-press')
    if (want) void ask(want)
  })
  box.hidden = false
  void ask('state')
  setInterval(() => {
    if (state !== 'none') void ask('state')
  }, 10_000)
}

if (box instanceof HTMLElement) {
  readTerminal().then(
    (terminal) => {
      if (terminal !== undefined) run(box)
    },
    () => {},
  )
}
