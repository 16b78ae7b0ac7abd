// @ts-check
// The server decides when another code may be sent; this only counts the seconds it named.
for (const note of document.querySelectorAll('[data-countdown]')) {
  if (!(note instanceof HTMLElement)) continue
  const form = document.getElementById(note.dataset.reveals ?? '')
  const until = performance.now() + Number(note.dataset.countdown) * 1000
  const words = note.textContent ?? ''
  const tick = () => {
    const left = Math.ceil((until - performance.now()) / 1000)
    if (form) form.hidden = left > 0
    note.hidden = left <= 0
    if (left <= 0) return
    note.textContent = words.replace(/\d+/, String(left))
    setTimeout(tick, 500)
  }
  tick()
}
