// @ts-check
// Errors are announced by moving to their summary; a page with a single field starts in it.
const target = document.querySelector('#error-summary') ?? document.querySelector('[data-focus]')
if (target instanceof HTMLElement) target.focus()

// A link of the summary goes to the field itself, not only to its place on the page.
document.querySelector('#error-summary')?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
  const field = link && document.getElementById(link.getAttribute('href')?.slice(1) ?? '')
  if (!field) return
  event.preventDefault()
  field.focus()
  field.scrollIntoView({ block: 'center' })
})
