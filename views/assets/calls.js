// @ts-check
// Two things of a call's page that time decides: a value that may be read for some seconds, and an answer that is waited for.

for (const value of document.querySelectorAll('[data-masks-again]')) {
  if (!(value instanceof HTMLElement)) continue
  const mask = () => {
    value.textContent = value.dataset.masked ?? ''
  }
  setTimeout(mask, Number(value.dataset.masksAgain) * 1000)
  // Whoever goes away from the page must not find the value on the way back, nor leave it behind in another window.
  addEventListener('pagehide', mask)
}

const waiting = document.querySelector('[data-looks-again]')
if (waiting instanceof HTMLElement) {
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.looksAgain ?? '', {
        headers: { accept: 'application/json' },
      })
      const { state } = answer.ok ? await answer.json() : { state: 'over' }
      if (state !== 'pending') return location.reload()
    } catch {
      // No connection: looked for again below.
    }
    setTimeout(look, 2000)
  }
  setTimeout(look, 2000)
}
