import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** The frame the sample applications share: they are not part of Placet, only somebody's shop and somebody's mailings. */
export function samplePage(props: {
  title: string
  brand: string
  accent: 'shop' | 'newsletter' | 'app' | 'tour'
  nav?: ComponentChildren
  children: ComponentChildren
}): string {
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${props.title} – ${props.brand}`}</title>
        <link rel="stylesheet" href="/sample.css" />
      </head>
      <body class={props.accent}>
        <header>
          <a class="brand" href="/">
            {props.brand}
          </a>
          <nav>{props.nav}</nav>
        </header>
        <main>{props.children}</main>
        <footer>A sample application of the Placet demo. Nothing here is for sale.</footer>
      </body>
    </html>,
  )
  return `<!doctype html>${html}`
}
