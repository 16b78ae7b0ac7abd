// @ts-check
// A second tap must not send a form twice. The button stays focusable; the server keeps its own guard.

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet()

addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
  if (sent.has(form)) return event.preventDefault()
  sent.add(form)
  const button = event.submitter
  if (button instanceof HTMLButtonElement) {
    button.setAttribute('aria-busy', 'true')
    button.dataset.label = button.textContent ?? ''
    // The name of the pressed button travels with the form, so its words change only after the browser took it.
    setTimeout(() => {
      button.textContent = document.body.dataset.sending ?? button.dataset.label ?? ''
    })
  }
})

// Coming back from the back/forward cache, the page must be usable again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.forms) sent.delete(form)
  for (const button of document.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy')
    if (button instanceof HTMLButtonElement && button.dataset.label) button.textContent = button.dataset.label
  }
})
