// @ts-check
// Who waits at a kiosk, looked for again while the page lies open. The page is loaded as a document and never as text, so
// nothing is made of strings (Trusted Types).

const look = document.querySelector('[data-help-look]')
const everyMs = 15_000

/** @param {string} address @returns {Promise<Document | null>} */
const load = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', address)
    request.responseType = 'document'
    request.onload = () => resolve(request.status < 500 ? request.responseXML : null)
    request.onerror = () => reject(request.statusText)
    request.send()
  })

/** The button that has the focus, found again in what takes its place. */
const focused = () => document.activeElement?.closest('form')?.querySelector('input[name=call]')

/** @param {Document} seen */
function show(seen) {
  const [was, is] = [document, seen].map((one) => one.querySelector('[data-help-now]'))
  const [toldWas, toldIs] = [document, seen].map((one) => one.querySelector('[data-help-told]'))
  // Somebody else's page, such as the sign-in of a session that is over.
  if (!was || !is || !toldWas || !toldIs) return location.reload()
  if (was.getAttribute('data-help-now') === is.getAttribute('data-help-now')) return
  const call = was.contains(document.activeElement) ? focused()?.getAttribute('value') : undefined
  was.replaceWith(document.adoptNode(is))
  if (call) {
    const again = is.querySelector(`input[name=call][value="${CSS.escape(call)}"]`)?.closest('form')
    again?.querySelector('button')?.focus()
  }
  document.title = seen.title
  // Changed in its place, which is what makes it told.
  toldWas.className = toldIs.className
  toldWas.textContent = toldIs.textContent
}

if (look instanceof HTMLElement) {
  const again = async () => {
    try {
      const seen = await load(look.dataset.helpLook ?? '')
      if (seen !== null) show(seen)
    } catch {
      // No connection: looked for again below.
    }
    setTimeout(again, everyMs)
  }
  setTimeout(again, everyMs)
}
