import type { Translate } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'

export type MailBlock =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

/** What every mail is told of its sender. */
export interface MailSender {
  readonly brandName: string
  readonly helpHref?: string
  /** Why it is sent: for the reader's own account, unless it is about a child in their care, or what they did in a store. */
  readonly about?: 'child' | 'store'
}

export interface MailContent {
  readonly subject: string
  readonly sender: MailSender
  readonly blocks: readonly MailBlock[]
}

/** Readers that drop it still show the mail in order. Without quotes and angle brackets, which would be escaped. */
const style = `
body { margin: 0; padding: 24px 12px; background: #f2f5f6; color: #14242b; font: 16px/1.55 system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif; }
main { max-width: 520px; margin: 0 auto; padding: 28px; background: #ffffff; border: 1px solid #d8e0e4; border-radius: 16px; }
h1 { margin: 0 0 20px; font-size: 18px; color: #0c5463; }
p { margin: 0 0 16px; }
a { color: #0c5463; font-weight: 600; overflow-wrap: anywhere; }
.code { font: 700 32px/1.2 Menlo, Consolas, monospace; letter-spacing: 6px; padding: 16px; background: #e3f0f2; border-radius: 10px; text-align: center; }
dl { margin: 0 0 16px; padding: 16px; background: #f5f8f9; border-radius: 10px; }
dt { color: #4b5d66; font-size: 14px; }
dd { margin: 0 0 10px; }
footer { max-width: 520px; margin: 16px auto 0; padding: 0 28px; color: #4b5d66; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body { background: #0e161a; color: #e9f0f2; }
  main { background: #172127; border-color: #2d3d45; }
  h1, a { color: #84cddd; }
  .code { background: #18353d; }
  dl { background: #1c2930; }
  dt, footer { color: #adbec5; }
}
`

export function MailDocument(props: { content: MailContent; language: Language; t: Translate }) {
  const { content, language, t } = props
  const { sender } = content
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{content.subject}</title>
        <style>{style}</style>
      </head>
      <body>
        <main>
          <h1>{sender.brandName}</h1>
          {content.blocks.map((block) => (
            <Block key={keyOf(block)} block={block} />
          ))}
        </main>
        <footer>
          <p>{t(sentBy(sender), { brand: sender.brandName })}</p>
          {sender.helpHref && <p>{t('mail.help', { href: sender.helpHref })}</p>}
        </footer>
      </body>
    </html>
  )
}

const sentBy = ({ about }: MailSender) =>
  about === undefined ? 'mail.sentBy' : (`mail.sentBy.${about}` as const)

const keyOf = (block: MailBlock) =>
  block.kind === 'facts' ? block.rows.map(({ label }) => label).join() : block.text

function Block({ block }: { block: MailBlock }) {
  switch (block.kind) {
    case 'words':
      return <p>{block.text}</p>
    case 'code':
      return <p class="code">{block.text}</p>
    case 'link':
      return (
        <p>
          <a href={block.href}>{block.text}</a>
        </p>
      )
    case 'facts':
      return (
        <dl>
          {block.rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )
  }
}

export function textOf(content: MailContent, t: Translate): string {
  const { sender } = content
  const body = content.blocks.map(linesOf)
  const foot = [
    t(sentBy(sender), { brand: sender.brandName }),
    ...(sender.helpHref ? [t('mail.help', { href: sender.helpHref })] : []),
  ]
  return `${[...body, `-- \n${foot.join('\n')}`].join('\n\n')}\n`
}

function linesOf(block: MailBlock): string {
  switch (block.kind) {
    case 'words':
      return block.text
    case 'code':
      return `    ${block.text}`
    case 'link':
      return `${block.text}:\n${block.href}`
    case 'facts':
      return block.rows.map(({ label, value }) => `- ${label}: ${value}`).join('\n')
  }
}
