import { type Language, translator } from '../../../views/page.tsx'
import type { PublishedRegistry } from '../../features/consent/index.ts'
import { type ForeseenEffect, type ForeseenUse, purposeTitle } from '../../features/consent/index.ts'
import type { ContactChannel } from '../../kernel/evidence.ts'
import { scopeWords } from '../scope-words.ts'

/** What a page needs to say things in the reader's language. */
export interface Reader {
  readonly registry: PublishedRegistry
  readonly language: Language
}

export const channelWords = ({ language }: Reader, channel: ContactChannel | '*'): string => {
  const t = translator(language)
  if (channel === '*') return t('person.everyChannel')
  return channel === 'none' ? t('person.noContact') : t(`contactChannel.${channel}`)
}

/** A scope in words, entry by entry; said of the person, where their own pages speak to them. */
export const scopeInWords = ({ registry, language }: Reader, scope: readonly string[]): readonly string[] =>
  scope.flatMap((entry) =>
    entry === '*' ? [translator(language)('person.everything')] : scopeWords(entry, registry, language),
  )

function useWords(reader: Reader, { brand, purpose, contactChannel }: ForeseenUse): string {
  const { registry, language } = reader
  const parts = [
    purposeTitle(registry, purpose, language),
    ...(contactChannel === 'none' ? [] : [channelWords(reader, contactChannel)]),
    ...(registry.brands.size > 1 ? [registry.brands.get(brand)?.name ?? brand] : []),
  ]
  return parts.join(', ')
}

const inWords = (reader: Reader, uses: readonly ForeseenUse[]): readonly string[] =>
  uses.map((use) => useWords(reader, use))

export const effectWords = (reader: Reader, effect: ForeseenEffect) => ({
  ends: inWords(reader, effect.ends),
  narrows: inWords(reader, effect.narrows),
  begins: inWords(reader, effect.begins),
  stays: inWords(reader, effect.stays),
})
