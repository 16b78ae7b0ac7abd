import type { VNode } from 'preact'
import type { MessageKey, Translate } from './locales/translator.ts'

export type Language = 'es' | 'en'

/** Colours a brand may set, `#rrggbb`. Used only where `checkBrandContrast` finds nothing to object to. */
export interface BrandTheme {
  readonly accent: string
  readonly accentText: string
  readonly accentDark: string
  readonly accentTextDark: string
}

export interface BrandModel {
  readonly id: string
  readonly name: string
  readonly logoText?: string
  readonly helpHref?: string
  readonly theme?: BrandTheme
  /** IANA zone of the controller's seat, in which dates are told. */
  readonly timeZone?: string
}

export interface LanguageChoice {
  readonly code: Language
  readonly name: string
  readonly href: string
}

/** The rooms of the consoles that whoever works here may enter. */
export interface ConsoleMenu {
  readonly items: readonly {
    readonly href: string
    readonly words: MessageKey
    /** `page`: this very page; `true`: a page under it. */
    readonly current?: 'page' | 'true'
  }[]
  readonly signOutAction: string
}

/** What every page is told about the visit, beside its own model. */
export interface PageContext {
  readonly language: Language
  readonly t: Translate
  readonly csrf: string
  readonly brand: BrandModel
  readonly path: string
  /** The same page in each language; the addresses keep the interaction. */
  readonly languages: readonly LanguageChoice[]
  /** Where the person is going, as in "para continuar en Tienda Norte". */
  readonly clientName?: string
  /** On the pages of staff who have signed in. */
  readonly menu?: ConsoleMenu
  /** Told once, at the top of the page that follows an action. */
  readonly notice?: {
    readonly kind: 'success' | 'info' | 'warning'
    readonly key: MessageKey
    readonly values?: Readonly<Record<string, string | number>>
  }
  /** An error of the form as a whole. */
  readonly formError?: { readonly code: string; readonly values?: Readonly<Record<string, string | number>> }
  /** Errors of single fields: said in the summary and at the field, in the same words. */
  readonly fieldErrors?: readonly { readonly field: string; readonly code: string }[]
}

export type BrowserModule =
  | 'passkey'
  | 'show-password'
  | 'countdown'
  | 'send-on'
  | 'verify-receipt'
  | 'kiosk'
  | 'kiosk-setup'
  | 'kiosk-visit'
  | 'loyalty-card'
  | 'kiosk-closed'
  | 'push'
  | 'store-help'
  | 'calls'

export type View<Model> = {
  /** Folder and file, such as `sign-in/identify`: the page's one name. */
  readonly id: string
  readonly title: (model: Model, page: PageContext) => string
  readonly layout: 'sign-in' | 'privacy' | 'staff' | 'plain' | 'kiosk'
  readonly body: (props: { model: Model; page: PageContext }) => VNode
  /** Pages that list things take the wider column. */
  readonly wide?: boolean
  /** Browser modules beside the two that every page carries. */
  readonly modules?: readonly BrowserModule[]
  /** Moves on by itself, without script. */
  readonly refresh?: (model: Model) => string | undefined
  /** Waits for somebody else: where no script looks quietly, the page is loaded anew every so many seconds. */
  readonly looksAgain?: (model: Model) => { readonly href: string; readonly seconds: number } | undefined
}

/** Words of the catalogue, or words that came from a registry already in the reader's language. */
export type Words = MessageKey | { readonly text: string }

export const say = (page: PageContext, words: Words): string =>
  typeof words === 'string' ? page.t(words) : words.text
