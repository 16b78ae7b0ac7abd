import { ClaimList, type Claims } from '../sample/claims.tsx'
import { inLanguage, type Language } from '../sample/language.ts'
import { samplePage } from '../sample/page.tsx'
import { appWords } from './words.ts'

/** What the application shows in the browser tab that it is about to leave. */
export function appHome(view: {
  readonly language: Language
  readonly claims: Claims | undefined
  readonly backHref: string | undefined
}): string {
  const { language, claims, backHref } = view
  const words = appWords[language]
  const title = claims === undefined ? words.unfinished : words.signedIn
  const home = backHref === undefined ? undefined : inLanguage(backHref, language)
  return samplePage({
    language,
    title,
    brand: words.brand,
    accent: 'app',
    ...(home === undefined ? {} : { home }),
    children: (
      <div class="phone">
        <div class="heading">
          <h1>{title}</h1>
          <p class="soft">{claims === undefined ? words.nothingChanged : words.lead}</p>
        </div>
        {claims !== undefined && (
          <>
            <h2>{words.told}</h2>
            <ClaimList claims={claims} language={language} />
          </>
        )}
        {home !== undefined && (
          <a class="button" href={home}>
            {words.back}
          </a>
        )}
      </div>
    ),
  })
}
