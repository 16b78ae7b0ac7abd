import type { ContactChannel } from '../../src/kernel/evidence.ts'
import { hasMessage } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'

export type BasisWord = 'consent' | 'contract' | 'legal_obligation' | 'soft_opt_in' | 'legitimate_interest'
/** Where a wording is shown, in the order in which a version lists its words. */
export type SurfaceWord = 'screen' | 'kiosk' | 'store' | 'voice' | 'paper'

/** Versions go from draft to active to superseded; one that was given up was `never` in force. */
export type VersionState = 'draft' | 'active' | 'superseded' | 'never' | 'retired'

export const basesOf = (page: PageContext, bases: readonly BasisWord[]): string =>
  bases.map((basis) => page.t(`basis.${basis}`)).join(' · ')

export const channelsOf = (page: PageContext, channels: readonly ContactChannel[]): string =>
  channels.map((channel) => page.t(`contactChannel.${channel}`)).join(' · ')

/** A language by its name, where we have one for it, and else by its code. */
export const languageName = (page: PageContext, code: string): string => {
  const key = `language.${code}`
  return hasMessage(key) ? page.t(key) : code
}

/** Words in another language are marked as such, so that they are read out as they should be. */
export const inTongue = (page: PageContext, language: string) =>
  language === page.language ? {} : { lang: language }
