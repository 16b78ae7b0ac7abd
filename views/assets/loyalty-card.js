// @ts-check
// A new code every half minute; between two of them the seconds are counted that the last one is still good for.
const every = 30_000

for (const box of document.querySelectorAll('[data-loyalty-code]')) {
  if (!(box instanceof HTMLElement)) continue
  const left = box.querySelector('[data-left]')
  const svg = box.querySelector('svg')
  const words = left?.textContent ?? ''
  let until = performance.now() + 60_000
  let asked = performance.now()

  const tell = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000)
    svg?.setAttribute('visibility', seconds > 0 ? 'visible' : 'hidden')
    if (left)
      left.textContent = seconds > 0 ? words.replace(/\d+/, String(seconds)) : (box.dataset.stale ?? '')
  }
  const renew = async () => {
    asked = performance.now()
    try {
      const answer = await fetch(box.dataset.loyaltyCode ?? '', { headers: { accept: 'application/json' } })
      // Signed out, or the card is gone: the page itself says what to do.
      if (answer.status === 401 || answer.status === 404) location.reload()
      if (!answer.ok) return
      const { size, path, good_for: goodFor } = await answer.json()
      svg?.setAttribute('viewBox', `0 0 ${size} ${size}`)
      svg?.querySelector('path')?.setAttribute('d', path)
      until = asked + goodFor * 1000
    } catch {
      // Without a connection the last code stays until it is over, and then says so.
    }
  }
  const look = () => {
    if (!document.hidden && performance.now() - asked >= every) void renew()
    tell()
  }
  setInterval(look, 500)
  // A telephone that was in a pocket shows an old code for half a second at most.
  document.addEventListener('visibilitychange', look)
  addEventListener('online', () => void renew())
}
