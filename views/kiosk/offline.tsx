import { renderToString } from 'preact-render-to-string'
import { translator } from '../locales/translator.ts'

/** All of it, because nothing else can be fetched when it is needed. Its hash is in the policy of the page. */
export const kioskOfflineStyle = `
:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.45}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:6vmin;background:Canvas;color:CanvasText}
main{display:grid;gap:4rem;max-width:44rem}
section{display:grid;gap:1rem}
p{margin:0;font-size:clamp(1.25rem,2.4vmin,2rem)}
h1{margin:0;font-size:clamp(2rem,5vmin,4rem);line-height:1.15}
.brand{font-weight:700}
`

/** Every how many seconds the page looks whether the house answers again. */
const everySeconds = 5

/**
 * What a kiosk shows while the house cannot be reached, in every language at once because nobody can be asked. It says what
 * is true: nothing is saved here now, and nothing is kept for later. It goes away by itself, without a script.
 */
export function kioskOfflinePage(house: { readonly brandName: string; readonly timeZone: string }): string {
  const languages = ['es', 'en'] as const
  const words = languages.map((code) => ({ code, t: translator(code, house.timeZone) }))
  const html = renderToString(
    <html lang="es">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content={String(everySeconds)} />
        <title>{words.map(({ t }) => t('kiosk.offline.title')).join(' · ')}</title>
        <style>{kioskOfflineStyle}</style>
      </head>
      <body>
        <main>
          <p class="brand">{house.brandName}</p>
          {words.map(({ code, t }) => (
            <section key={code} lang={code}>
              <h1>{t('kiosk.offline.title')}</h1>
              <p>{t('kiosk.offline.lead')}</p>
              <p>{t('kiosk.offline.alone')}</p>
            </section>
          ))}
        </main>
      </body>
    </html>,
  )
  return `<!doctype html>${html}`
}
