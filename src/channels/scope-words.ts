import { type Language, translator } from '../../views/page.tsx'
import { type PublishedRegistry, purposeMatches, purposeTitle } from '../features/consent/index.ts'
import { labelOf } from './purpose-cards.ts'

/** What a restriction or an objection reaches, in words: everything, a family of purposes, one purpose, or one of the data. */
export function scopeWords(
  entry: string,
  registry: PublishedRegistry,
  language: Language,
): readonly string[] {
  if (entry === '*') return [translator(language)('scope.everything')]
  if (entry === 'marketing.*') return [translator(language)('scope.marketing')]
  if (entry.startsWith('attr:')) return [labelOf(registry, entry.slice('attr:'.length), language)]
  if (!entry.endsWith('.*')) return [purposeTitle(registry, entry, language)]
  return registry.order
    .filter((purpose) => purposeMatches(entry, purpose))
    .map((purpose) => purposeTitle(registry, purpose, language))
}
