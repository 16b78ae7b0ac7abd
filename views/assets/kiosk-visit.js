// @ts-check
// Watches over a visit. After 45 s without a touch it asks whether anybody is there, after 60 s it leaves. The server counts
// for itself and is the one that decides; this only sees to it that nothing stays on the screen.
import './kiosk-help.js'

const box = document.querySelector('[data-visit]')
const dialog = document.getElementById('still-there')

if (box instanceof HTMLElement && dialog instanceof HTMLDialogElement) {
  const csrf = box.dataset.visit ?? ''
  let touched = performance.now()
  let told = touched
  let leaving = false

  const post = (/** @type {string} */ path) =>
    fetch(path, {
      method: 'POST',
      headers: { 'x-csrf-token': csrf, 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
      keepalive: true,
    })

  const leave = () => {
    if (leaving) return
    leaving = true
    // Away at once: whoever comes now must not read it while the network is slow.
    document.body.hidden = true
    const language = document.documentElement.lang
    post('/kiosk/end').then(
      () => location.replace(`/kiosk/closed?lang=${language}`),
      // The page that stands in waits for the house, which then wipes what it finds.
      () => location.replace(`/kiosk?left=1&lang=${language}`),
    )
  }

  const here = () => {
    touched = performance.now()
    if (dialog.open) dialog.close()
    if (touched - told < 5_000) return
    told = touched
    post('/kiosk/here').then(
      ({ status }) => status === 401 && leave(),
      () => {},
    )
  }

  for (const kind of ['pointerdown', 'keydown', 'wheel', 'input']) {
    addEventListener(kind, (event) => {
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('[data-press=end]') || leaving) return
      // A question is answered by its buttons, not by a sleeve that brushes the screen.
      if (dialog.open && !target?.closest('[data-press=here]')) return
      here()
    })
  }
  addEventListener('click', (event) => {
    const press = event.target instanceof Element ? event.target.closest('[data-press]') : null
    if (press?.getAttribute('data-press') === 'end') leave()
    if (press?.getAttribute('data-press') === 'here') here()
  })
  // The page that is left makes way for the last one, so that no step back leads to it.
  document.getElementById('end')?.addEventListener('submit', (event) => {
    event.preventDefault()
    leave()
  })
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  // Brought back out of the browser's memory, it may be somebody else who looks at it.
  addEventListener('pageshow', (event) => event.persisted && leave())

  let asks = 0
  setInterval(() => {
    if (leaving) return
    const idle = (performance.now() - touched) / 1000
    if (idle >= 60) return leave()
    if (idle >= 45 && !dialog.open) dialog.showModal()
    asks += 1
    if (asks % 3 !== 0) return
    // Signed out elsewhere, or the terminal was shut down.
    fetch('/kiosk/alive', { headers: { accept: 'application/json' } }).then(
      ({ status }) => status === 401 && leave(),
      () => {},
    )
  }, 1000)
}
