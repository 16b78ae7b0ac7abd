export interface HtmlForm {
  readonly action: string
  /** Where the options of the passkey ceremony come from that this form sends the result of. */
  readonly passkeyOptions: string | undefined
  readonly fields: Readonly<Record<string, string>>
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
}
const plain = (text: string) => text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)"|(?=[\\s/>]))`).exec(tag)
  return found === null ? undefined : plain(found[1] ?? '')
}

/**
 * The forms of a page as a browser would send them untouched. A few expressions instead of a parser, because the
 * generator pays for every page it reads with the cores it shares with what it measures.
 */
export function formsOf(html: string): readonly HtmlForm[] {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => {
    const fields: Record<string, string> = {}
    for (const [tag] of text.matchAll(/<(?:input|button)\b[^>]*>/g)) {
      const name = attribute(tag, 'name')
      const type = attribute(tag, 'type') ?? 'text'
      const untouched = (type === 'checkbox' || type === 'radio') && attribute(tag, 'checked') === undefined
      if (name === undefined || untouched || tag.startsWith('<button')) continue
      fields[name] = attribute(tag, 'value') ?? ''
    }
    return {
      action: attribute(text, 'action') ?? '',
      passkeyOptions: attribute(text, 'data-options'),
      fields,
    }
  })
}

/** Where a page that moves on by itself goes to. */
export function refreshOf(html: string): string | undefined {
  const tag = /<meta\b[^>]*http-equiv="refresh"[^>]*>/i.exec(html)?.[0]
  return tag === undefined ? undefined : /url=(.*)$/i.exec(attribute(tag, 'content') ?? '')?.[1]
}
