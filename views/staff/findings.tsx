import type { MessageKey } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'
import { Icon } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'

type FindingCode = MessageKey extends infer Key ? (Key extends `finding.${infer Code}` ? Code : never) : never

/** Something the linter stumbled over, at the field it is about. */
export interface FindingModel {
  /** Id of the field, and how it is labelled. */
  readonly field: string
  readonly label: string
  readonly code: FindingCode
  readonly excerpt: string
  readonly language: string
}

const words = (page: PageContext, { code, excerpt }: FindingModel) => page.t(`finding.${code}`, { excerpt })

/** What is missing is named in the sentence; what stands there is quoted after it. */
const untold: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'hard-to-read',
  'missing-recipient',
  'missing-source',
  'surface-without-words',
])

const quoted = ({ code, excerpt }: FindingModel): boolean => excerpt !== '' && !untold.has(code)

/** Under the field itself. */
export const FindingsHere = ({ page, findings }: { page: PageContext; findings: readonly FindingModel[] }) =>
  findings.length === 0 ? null : (
    <ul class="findings">
      {findings.map((finding, place) => (
        <li key={`${place}${finding.code}`}>
          <Icon name="alert" size={18} />
          <span>
            {words(page, finding)}
            {quoted(finding) && (
              <span {...(finding.language === page.language ? {} : { lang: finding.language })}>
                {' '}
                {page.t('draft.quoted', { words: finding.excerpt })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )

/** On top of the page: each with the way to its field, where there is one on it. */
export function FindingsSummary(props: {
  page: PageContext
  findings: readonly FindingModel[]
  linked: boolean
  about?: string
}) {
  const { page, findings, linked, about } = props
  return (
    <Notice kind="warning">
      <h2>{page.t('draft.findings', { count: findings.length })}</h2>
      {about && <p>{about}</p>}
      <ul class="list-plain">
        {findings.map((finding, place) => {
          const told = page.t('draft.findingAt', { field: finding.label, finding: words(page, finding) })
          return (
            <li key={`${place}${finding.field}`}>
              {linked ? <a href={`#${finding.field}`}>{told}</a> : told}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
