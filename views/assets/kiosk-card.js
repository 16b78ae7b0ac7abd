// @ts-check
// Without a smartphone: the number of a card, and the code that its owner was sent. Both stay in this page, and go with it.
import { post } from './kiosk-post.js'
import { screenOf } from './kiosk-screen.js'

const root = document.querySelector('[data-kiosk]')
if (root instanceof HTMLElement && root.dataset.csrf) run(root, root.dataset.csrf)

/** Seconds after which nobody is there any more. */
const patience = 120

/**
 * @param {HTMLElement} root
 * @param {string} csrf
 */
function run(root, csrf) {
  const { all, show } = screenOf(root)
  const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id))
  const seconds = () => performance.now() / 1000
  let transaction = ''
  let until = 0
  let sending = false

  const tell = (/** @type {string} */ kind) => {
    for (const one of all('card-told')) one.hidden = one.dataset.cardTold !== kind
  }
  const forget = () => {
    transaction = ''
    until = 0
    for (const id of ['card-number', 'card-code']) field(id).value = ''
    tell('')
  }
  const more = () => {
    until = seconds() + patience
  }

  /**
   * @param {string} path
   * @param {object} said
   * @param {(body: any) => void} done
   */
  const send = (path, said, done) => {
    if (sending) return
    sending = true
    more()
    tell('')
    post(path, said, csrf)
      .then(
        ({ status, body }) => {
          if (status < 300) done(body)
          else tell(status === 429 ? 'busy' : 'wrong')
        },
        () => tell('unreachable'),
      )
      .finally(() => {
        sending = false
      })
  }
  const askForCode = () => {
    const card = field('card-number').value.trim()
    if (card === '') return field('card-number').focus()
    send('/kiosk/card/code', { card }, (body) => {
      transaction = body.transaction
      show('card-code')
      field('card-code').focus()
    })
  }
  const goIn = () => {
    const code = field('card-code').value.trim()
    if (code === '') return field('card-code').focus()
    send('/kiosk/card', { card: field('card-number').value.trim(), transaction, code }, ({ next }) => {
      forget()
      location.replace(`${next}?lang=${document.documentElement.lang}`)
    })
  }

  root.querySelector('#card-form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    askForCode()
  })
  root.querySelector('#card-code-form')?.addEventListener('submit', (event) => {
    event.preventDefault()
    goIn()
  })
  root.addEventListener('click', (event) => {
    const at = event.target instanceof Element ? event.target : null
    const press = at?.closest('[data-card-press]')?.getAttribute('data-card-press')
    if (press === 'start') {
      forget()
      more()
      show('card')
      field('card-number').focus()
    }
    if (press === 'more') more()
    if (at?.closest('[data-press]')) forget()
    const key = at?.closest('[data-key]')?.getAttribute('data-key')
    const into = at?.closest('[data-keys]')?.getAttribute('data-keys')
    if (!key || !into) return
    const input = field(into)
    more()
    input.value = key === 'clear' ? '' : key === 'back' ? input.value.slice(0, -1) : `${input.value}${key}`
  })
  root.addEventListener('input', more)
  addEventListener('offline', forget)
  setInterval(() => {
    if (until === 0) return
    const left = until - seconds()
    for (const bar of all('card-bar')) if (bar instanceof HTMLProgressElement) bar.value = left
    if (left > 0) return
    forget()
    show('attract')
  }, 500)
}
