import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { inLanguage, type Language, languages, type Words } from './language.ts'

export type Accent = 'shop' | 'newsletter' | 'app' | 'tour'

interface FrameWords {
  readonly skip: string
  readonly sections: string
  readonly language: string
  readonly footer: string
}

const words: Words<FrameWords> = {
  es: {
    skip: 'Saltar al contenido',
    sections: 'Secciones',
    language: 'Idioma',
    footer: 'Aplicación de muestra de la demo de Placet. Aquí no se vende nada.',
  },
  en: {
    skip: 'Skip to the content',
    sections: 'Sections',
    language: 'Language',
    footer: 'A sample application of the Placet demo. Nothing here is for sale.',
  },
}

/** Each sample has a mark and a colour of its own, as the separate systems they stand for would. */
const marks: Readonly<Record<Accent, { readonly colour: string; readonly path: string }>> = {
  shop: { colour: '#14532d', path: 'M5 23 12 11l4 6 3-4 8 10z' },
  newsletter: { colour: '#7c2d12', path: 'M6 10h20v13H6zm0 0 10 8 10-8' },
  app: { colour: '#4c1d95', path: 'M11 5h10v22H11zm4 18h2' },
  tour: { colour: '#1f4f8f', path: 'M9 16.5 14 21.5 23.5 11' },
}

const icon = ({ colour, path }: (typeof marks)[Accent]) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="${colour}"/><path d="${path}" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  )}`

const Mark = ({ path }: { path: string }) => (
  <svg class="mark" viewBox="0 0 32 32" width="36" height="36" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" />
    <path d={path} fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
)

const Languages = ({ path, language }: { path: string; language: Language }) => (
  <ul class="languages" aria-label={words[language].language}>
    {languages.map(([code, name]) => (
      <li key={code}>
        {code === language ? (
          <span aria-current="true">{name}</span>
        ) : (
          <a href={inLanguage(path, code)} lang={code} hreflang={code}>
            {name}
          </a>
        )}
      </li>
    ))}
  </ul>
)

/** The frame the sample applications share: they are not part of Placet, only somebody's shop and somebody's mailings. */
export function samplePage(props: {
  language: Language
  /** Address of this page, to have it in the other language; absent where a page cannot be asked for twice. */
  path?: string
  title: string
  brand: string
  accent: Accent
  home?: string
  nav?: ComponentChildren
  /** Reads the page anew, for those that wait for something. */
  refreshSeconds?: number
  children: ComponentChildren
}): string {
  const { language, path, accent, brand } = props
  const said = words[language]
  const html = renderToString(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {props.refreshSeconds !== undefined && (
          <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
        )}
        <title>{`${props.title} – ${brand}`}</title>
        <link rel="icon" href={icon(marks[accent])} />
        <link rel="stylesheet" href="/sample.css" />
      </head>
      <body class={accent}>
        <a class="skip" href="#main">
          {said.skip}
        </a>
        <header>
          <a class="brand" href={props.home ?? '/'}>
            <Mark path={marks[accent].path} />
            {brand}
          </a>
          <div class="tools">
            {props.nav && <nav aria-label={said.sections}>{props.nav}</nav>}
            {path !== undefined && <Languages path={path} language={language} />}
          </div>
        </header>
        <main id="main">{props.children}</main>
        <footer>{said.footer}</footer>
      </body>
    </html>,
  )
  return `<!doctype html>${html}`
}
