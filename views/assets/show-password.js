// @ts-check
// Shows and hides what is typed. It is hidden again on submit, so that the browser offers to save it as a password.
for (const button of document.querySelectorAll('button[data-show-password]')) {
  if (!(button instanceof HTMLButtonElement)) continue
  const input = document.getElementById(button.dataset.showPassword ?? '')
  if (!(input instanceof HTMLInputElement)) continue
  /** @param {boolean} shown */
  const show = (shown) => {
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
    button.textContent = (shown ? button.dataset.hide : button.dataset.show) ?? ''
  }
  button.hidden = false
  button.addEventListener('click', () => show(input.type === 'password'))
  input.form?.addEventListener('submit', () => show(false))
}
