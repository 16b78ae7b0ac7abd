// @ts-check
import { checkReceipt } from './receipt-check.js'

// The verifier page: what is pasted or chosen is checked here and sent nowhere. Words come with the page.

/** @param {string} name @param {string | null} words @param {string} [look] */
function element(name, words, look) {
  const made = document.createElement(name)
  made.textContent = words
  if (look) made.className = look
  return made
}

/** @param {HTMLFormElement} form */
function begin(form) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(form.dataset.words ?? '{}')
  const said = (/** @type {string} */ key) => words[key] ?? key
  const when = (/** @type {string | number} */ at) =>
    new Date(at).toLocaleString(document.documentElement.lang, {
      timeZone: form.dataset.zone ?? 'UTC',
      dateStyle: 'long',
      timeStyle: 'short',
    })
  const place = document.querySelector('[data-verdict]')
  const field = (/** @type {string} */ name) => {
    const found = form.elements.namedItem(name)
    return found instanceof HTMLTextAreaElement ? found : undefined
  }

  /** @param {Element} list @param {string} label @param {string} value */
  const row = (list, label, value) => {
    const line = element('div', null)
    line.append(element('dt', said(label)), element('dd', value))
    list.append(line)
  }

  /** @param {Awaited<ReturnType<typeof checkReceipt>>} verdict */
  const show = (verdict) => {
    const notice = element(
      'div',
      null,
      `notice notice--${verdict.outcome === 'genuine' ? 'success' : 'warning'}`,
    )
    const told = element('div', null)
    told.append(
      element('h2', said(`outcome.${verdict.outcome}`)),
      element('p', said(`about.${verdict.outcome}`)),
    )
    if (verdict.selective) told.append(element('p', said('selective')))
    notice.append(told)
    const parts = [notice]
    if (verdict.outcome !== 'no-receipt') {
      const facts = element('dl', null, 'list')
      row(facts, 'issuer', verdict.issuer)
      row(facts, 'issued', when(verdict.issuedAt))
      row(facts, 'signature', said(`signature.${verdict.signature}`))
      row(facts, 'checkpoint', said(`checkpoint.${verdict.checkpoint}`))
      parts.push(facts)
    }
    for (const entry of verdict.entries) {
      const card = element('section', null, 'card')
      const facts = element('dl', null, 'list')
      row(facts, 'at', when(entry.at))
      row(facts, 'purpose', entry.purpose)
      if (entry.contactChannel !== 'none') {
        const via = `via.${entry.contactChannel}`
        row(facts, 'via', said(via) === via ? entry.contactChannel : said(via))
      }
      row(facts, 'brand', entry.brand === '*' ? said('brand.*') : entry.brand)
      row(facts, 'counts', entry.eventState.split('#').at(-1) ?? '')
      row(facts, 'words', said(`words.${entry.words}`))
      row(facts, 'logged', said(`logged.${entry.logged}`))
      if (entry.opened !== 'absent') row(facts, 'opened', said(`opened.${entry.opened}`))
      const quote = element('blockquote', entry.wording, 'paper__words')
      card.append(element('h3', said(`state.${entry.claimed ? 'claimed' : entry.state}`)), quote, facts)
      parts.push(card)
    }
    place?.replaceChildren(...parts)
    if (place instanceof HTMLElement) place.focus()
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const pasted = field('keys')?.value.trim()
    let keys = []
    try {
      keys = JSON.parse(pasted || form.dataset.keys || '{"keys":[]}').keys ?? []
    } catch {}
    show(await checkReceipt(field('receipt')?.value ?? '', keys))
  })

  const chosen = form.querySelector('input[type="file"]')
  if (chosen instanceof HTMLInputElement) {
    chosen.closest('[hidden]')?.removeAttribute('hidden')
    chosen.addEventListener('change', async () => {
      const target = field('receipt')
      const [file] = chosen.files ?? []
      if (target && file) target.value = await file.text()
      form.requestSubmit()
    })
  }
}

for (const form of document.querySelectorAll('form[data-verifier]')) {
  if (form instanceof HTMLFormElement) begin(form)
}
