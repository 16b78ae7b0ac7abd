// @ts-check
// The page before anybody is known holds several screens; one of them is shown.

/** @param {HTMLElement} root */
export const screenOf = (root) => {
  const all = (/** @type {string} */ name) =>
    /** @type {HTMLElement[]} */ ([...root.querySelectorAll(`[data-${name}]`)])
  const write = (/** @type {string} */ name, /** @type {string} */ words) =>
    all(name).forEach((one) => {
      one.textContent = words
    })
  const show = (/** @type {string} */ screen) => {
    if (root.dataset.kiosk === screen) return
    root.dataset.kiosk = screen
    for (const one of all('screen')) {
      one.hidden = one.dataset.screen !== screen
      if (!one.hidden) write('heading', one.dataset.title ?? '')
    }
    all('heading')[0]?.focus()
    scrollTo(0, 0)
  }
  return { all, write, show }
}
