// @ts-check
// A page that only passes something on to where it was going. Its button does the same, for whoever runs no script.

// When all is loaded, so that the guard against sending twice is listening.
addEventListener('load', () => {
  const form = document.querySelector('form[data-send-on]')
  if (form instanceof HTMLFormElement) form.requestSubmit(form.querySelector('button'))
})
