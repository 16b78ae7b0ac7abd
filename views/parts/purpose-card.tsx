import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext } from '../page-context.ts'
import { Details } from './details.tsx'
import { Diff } from './diff.tsx'
import { SummaryList, Values } from './summary-list.tsx'
import { Tag } from './tag.tsx'
import { YesNo } from './yes-no.tsx'

/** The exact text a choice was shown under. Sent back with the answer, so that the ledger pins it. */
export interface NoticeShown {
  readonly id: string
  readonly version: string
  readonly language: string
  readonly hash: string
  readonly text: string
}

export interface PurposeChoice {
  /** Key of the permission; the answer comes back as `choice.<key>` = `yes` or `no`. */
  readonly key: string
  readonly contactChannel: ContactChannel
  /** One sentence of what a yes means here, if the channel's name does not say it. */
  readonly line?: string
  /** What the person answered before. Never preset for a new question. */
  readonly answer?: 'yes' | 'no'
  readonly since?: Date
  readonly notice: NoticeShown
}

export interface PurposeCardModel {
  readonly id: string
  readonly title: string
  /** Subject, verb, purpose, recipient and how to stop, in 25 words or fewer. */
  readonly summary: string
  readonly controller: string
  readonly data: readonly string[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly howToStop: string
  readonly transfers?: string
  readonly choices: readonly PurposeChoice[]
  /** The text before its last material change, when the person is asked again. */
  readonly changedFrom?: { readonly version: string; readonly text: string }
}

/** One purpose, its layers, and one question per contact channel. */
export function PurposeCard({ page, purpose }: { page: PageContext; purpose: PurposeCardModel }) {
  const { t } = page
  const notices = new Map(purpose.choices.map(({ notice }) => [notice.id, notice]))
  const latest = purpose.choices[0]?.notice
  return (
    <section class="card" aria-labelledby={`purpose-${purpose.id}`}>
      <div class="card__head">
        <h2 id={`purpose-${purpose.id}`}>{purpose.title}</h2>
        {purpose.changedFrom && <Tag tone="warn">{t('purpose.changed')}</Tag>}
      </div>
      <p data-consent-line="">{purpose.summary}</p>
      {purpose.changedFrom && latest && (
        <Details summary={t('purpose.whatChanged')} about={purpose.title} open>
          <Diff before={purpose.changedFrom.text} after={latest.text} />
          <p class="soft">
            {t('purpose.changedVersions', { before: purpose.changedFrom.version, after: latest.version })}
          </p>
        </Details>
      )}
      <div>
        {purpose.choices.map((choice) => (
          <Choice key={choice.key} page={page} purpose={purpose} choice={choice} />
        ))}
      </div>
      <Details summary={t('purpose.more')} about={purpose.title}>
        <SummaryList
          rows={[
            { label: t('purpose.controller'), value: purpose.controller },
            { label: t('purpose.data'), value: <Values of={purpose.data} /> },
            {
              label: t('purpose.recipients'),
              value: purpose.recipients.length ? (
                <Values of={purpose.recipients} />
              ) : (
                t('purpose.noRecipients')
              ),
            },
            ...(purpose.transfers ? [{ label: t('purpose.transfers'), value: purpose.transfers }] : []),
            { label: t('purpose.retention'), value: purpose.retention },
            { label: t('purpose.howToStop'), value: purpose.howToStop },
          ]}
        />
        {[...notices.values()].map((notice) => (
          <div key={notice.id} class="stack stack--close">
            <h3>{t('purpose.fullText')}</h3>
            <p {...(notice.language === page.language ? {} : { lang: notice.language })}>{notice.text}</p>
            <p class="soft">{t('purpose.noticeVersion', { version: notice.version })}</p>
          </div>
        ))}
      </Details>
    </section>
  )
}

function Choice(props: { page: PageContext; purpose: PurposeCardModel; choice: PurposeChoice }) {
  const { page, purpose, choice } = props
  const id = `words-${choice.key}`
  const { notice } = choice
  return (
    <div class="choice">
      <div class="choice__words" id={id}>
        <span class="visually-hidden">{purpose.title}: </span>
        <strong>
          {choice.contactChannel === 'none'
            ? page.t('purpose.allowUse')
            : page.t(`contactChannel.${choice.contactChannel}`)}
        </strong>
        {choice.line && <span class="small soft">{choice.line}</span>}
        {choice.since && choice.answer && (
          <span class="small soft">{page.t(`purpose.since.${choice.answer}`, { at: choice.since })}</span>
        )}
      </div>
      <YesNo page={page} name={`choice.${choice.key}`} labelledBy={id} answer={choice.answer} />
      <input
        type="hidden"
        name={`shown.${choice.key}`}
        value={[notice.id, notice.version, notice.language, notice.hash].join('|')}
      />
    </div>
  )
}
