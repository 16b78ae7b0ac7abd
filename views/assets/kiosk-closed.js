// @ts-check
// The last page gives way to the first one by itself. It takes the place of the pages before it where it can.
import './kiosk-help.js'

const page = document.querySelector('[data-closed]')
if (page instanceof HTMLElement) {
  setTimeout(() => location.replace('/kiosk'), Number(page.dataset.closed) * 1000)
}
