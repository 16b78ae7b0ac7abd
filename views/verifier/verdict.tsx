import type { PageContext } from '../page-context.ts'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { type Check, type Outcome, type SignatureCheck, scopeRows, stateWords } from './verify-words.ts'

export interface VerdictModel {
  readonly outcome: Outcome
  readonly signature: SignatureCheck
  readonly checkpoint: SignatureCheck | 'absent'
  readonly issuer: string
  readonly issuedAt: Date | undefined
  readonly selective: boolean
  readonly entries: readonly {
    readonly recordId: string
    readonly state: string
    readonly eventState: string
    readonly claimed: boolean
    readonly at: Date
    readonly wording: string
    readonly purpose: string
    readonly brand: string
    readonly contactChannel: string
    readonly words: Check
    readonly logged: Check
    readonly opened: Check
  }[]
}

/** What the browser module draws, drawn by the server for whoever has no script. */
export function Verdict({ page, verdict }: { page: PageContext; verdict: VerdictModel }) {
  const { t } = page
  return (
    <>
      <Notice kind={verdict.outcome === 'genuine' ? 'success' : 'warning'}>
        <h2>{t(`verify.outcome.${verdict.outcome}`)}</h2>
        <p>{t(`verify.about.${verdict.outcome}`)}</p>
        {verdict.selective && <p>{t('verify.selective')}</p>}
      </Notice>
      {verdict.outcome !== 'no-receipt' && (
        <SummaryList
          rows={[
            { label: t('verify.issuer'), value: verdict.issuer },
            ...(verdict.issuedAt === undefined
              ? []
              : [{ label: t('verify.issued'), value: t('page.moment', { at: verdict.issuedAt }) }]),
            { label: t('verify.signature'), value: t(`verify.signature.${verdict.signature}`) },
            { label: t('verify.checkpoint'), value: t(`verify.checkpoint.${verdict.checkpoint}`) },
          ]}
        />
      )}
      {verdict.entries.map((entry) => (
        <section key={entry.recordId} class="card">
          <h3>{stateWords(t, entry)}</h3>
          <blockquote class="paper__words">{entry.wording}</blockquote>
          <SummaryList
            rows={[
              { label: t('verify.at'), value: t('page.moment', { at: entry.at }) },
              ...scopeRows(t, entry),
              { label: t('verify.words'), value: t(`verify.words.${entry.words}`) },
              { label: t('verify.logged'), value: t(`verify.logged.${entry.logged}`) },
              ...(entry.opened === 'absent'
                ? []
                : [{ label: t('verify.opened'), value: t(`verify.opened.${entry.opened}`) }]),
            ]}
          />
        </section>
      ))}
    </>
  )
}
