import type { Page } from 'playwright-core'
import type { Language } from '../../examples/sample/language.ts'
import type { Translate } from '../../views/page.tsx'
import type { DemoAddresses } from '../addresses.ts'
import type { SmtpSink } from '../outbox/smtp-sink.ts'
import type { Device } from './launch-browser.ts'

export interface Screen {
  readonly width: number
  readonly height: number
}

/** What somebody holds in their hand. */
export const phoneScreen: Screen = { width: 390, height: 800 }

/** One person's way through the demo, in one browser. */
export interface Walk {
  readonly page: Page
  readonly language: Language
  /** The words of Placet's pages in that language: buttons and headings are found by them, as a person would. */
  readonly t: Translate
  readonly addresses: DemoAddresses
  readonly outbox: Pick<SmtpSink, 'next'>
  /** Absent where the browser has no script, and so no passkeys. */
  readonly device: Device | undefined
  /** Whoever is new here, where the journey has somebody new. */
  readonly person: { readonly firstName: string; readonly email: string }
  /** Opens another browser beside this one: another person's, or another device of the same person. Closed with the walk. */
  beside(screen: Screen): Promise<Walk>
  /** Stands still for a picture or a look: `name` is the place, the caption says what happened. */
  shot(name: string, caption: string, page?: Page): Promise<void>
}

export interface Journey {
  readonly name: string
  readonly title: string
  /** The point of it, in a sentence. */
  readonly about: string
  readonly walk: (walk: Walk) => Promise<void>
}
