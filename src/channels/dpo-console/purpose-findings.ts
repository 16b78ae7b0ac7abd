import { Temporal } from 'temporal-polyfill'
import { type Language, translator } from '../../../views/page.tsx'
import type { FindingModel } from '../../../views/staff/findings.tsx'
import type { TermsModel } from '../../../views/staff/purpose.tsx'
import type { TextChangeModel } from '../../../views/staff/text-change.tsx'
import {
  inLanguage,
  lintDocument,
  type PublishedRegistry,
  type PurposeDocument,
} from '../../features/consent/index.ts'
import { labelOf } from '../purpose-cards.ts'
import { type OurNotice, surfaceOf } from './purpose-file.ts'

/** What the linter found, each at the field of the form that it is about. */
export function findingsOf(
  document: PurposeDocument,
  registry: PublishedRegistry,
  language: Language,
): readonly FindingModel[] {
  const t = translator(language)
  const inWords = new Intl.DisplayNames(language, { type: 'language' })
  return lintDocument(document, registry).map((finding): FindingModel => {
    const { part, code, excerpt } = finding
    const surface = surfaceOf(finding.surface) ?? 'screen'
    if (code === 'surface-without-words') {
      // Nothing is there to be mended: the way is to the button that adds words for it.
      return { field: `add-${surface}`, label: t(`surface.${surface}`), code, excerpt: '', language }
    }
    const place = document.notices.findIndex(
      (one) =>
        one.id === finding.notice &&
        one.language === finding.language &&
        (one.surface ?? 'screen') === finding.surface,
    )
    return {
      field: `${part}.${place}`,
      label: t('draft.findingField', {
        surface: t(`surface.${surface}`),
        part: t(`draft.part.${part}`),
        language: inWords.of(finding.language) ?? finding.language,
      }),
      code,
      excerpt,
      language: finding.language,
    }
  })
}

/** `P24M` as a person says it. */
const durationWords = (iso: string, language: Language): string =>
  Temporal.Duration.from(iso).toLocaleString(language, { style: 'long' })

/** What a version does, with the names that customers and catalogue have for it. */
export function termsOf(
  { purpose }: Pick<PurposeDocument, 'purpose'>,
  registry: PublishedRegistry,
  language: Language,
): TermsModel {
  const { assessment, sources, validity } = purpose
  return {
    class: purpose.class,
    bases: purpose.bases,
    contactChannels: purpose.contactChannels,
    data: purpose.attributes.map((id) => labelOf(registry, id, language)),
    ...(sources === undefined ? {} : { sources }),
    recipients: purpose.recipients.map((id) => registry.systemNames.get(id)?.name ?? id),
    retention: inLanguage(purpose.retention, language),
    howToStop: inLanguage(purpose.howToStop, language),
    dpv: purpose.dpv,
    ...(validity === undefined ? {} : { validity: durationWords(validity, language) }),
    ...(assessment === undefined
      ? {}
      : {
          assessment: {
            reviewBy: new Date(assessment.reviewBy),
            ...(assessment.reference === undefined ? {} : { reference: assessment.reference }),
          },
        }),
  }
}

type Worded = Pick<OurNotice, 'language' | 'title' | 'summary' | 'text'> & { readonly surface?: string }

const whole = ({ title, summary, text }: Worded): string => `${title}. ${summary} ${text}`

const surfaceIn = ({ surface }: Worded) => surfaceOf(surface) ?? 'screen'
const inPlaceOf = (one: Worded) => (other: Worded) =>
  other.language === one.language && surfaceIn(other) === surfaceIn(one)

/** Each wording against the one before it in the same language and on the same surface; those that are given up come last. */
export const changesOf = (
  before: readonly Worded[],
  after: readonly Worded[],
): readonly TextChangeModel[] => [
  ...after.map((now): TextChangeModel => {
    const old = before.find(inPlaceOf(now))
    const text = { language: now.language, surface: surfaceIn(now) }
    if (old === undefined) return { ...text, change: { kind: 'new', text: whole(now) } }
    if (whole(old) === whole(now)) return { ...text, change: { kind: 'same' } }
    return { ...text, change: { kind: 'changed', difference: { before: whole(old), after: whole(now) } } }
  }),
  ...before
    .filter((old) => !after.some(inPlaceOf(old)))
    .map(
      (old): TextChangeModel => ({
        language: old.language,
        surface: surfaceIn(old),
        change: { kind: 'gone', text: whole(old) },
      }),
    ),
]
