import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { MessageKey } from '../locales/translator.ts'
import type { PageContext } from '../page-context.ts'
import { Icon } from './icon.tsx'
import { YesNo } from './yes-no.tsx'

/** The exact text a choice was shown under. Sent back with the answer, so that the ledger pins it. */
export interface NoticeShown {
  readonly id: string
  readonly version: string
  readonly language: string
  readonly hash: string
  readonly text: string
}

/** Why a question does not stand as it was answered, or has no answer that counts. */
export type ChoiceStatus =
  | 'restricted'
  | 'objected'
  | 'stopped'
  | 'expired'
  | 'superseded'
  | 'invalidated'
  | 'revoked'
  | 'deferred'

export interface PurposeChoice {
  /** Key of the permission; the answer comes back as `choice.<key>` = `yes` or `no`. */
  readonly key: string
  readonly contactChannel: ContactChannel
  /** One sentence of what a yes means here, if the channel's name does not say it. */
  readonly line?: string
  /** What the person answered before. Never preset for a new question. */
  readonly answer?: 'yes' | 'no'
  readonly since?: Date
  /** What was said on that day, where it is not the answer shown as chosen. */
  readonly said?: 'yes' | 'no'
  /** Said for the person, by whoever holds parental responsibility. */
  readonly by?: 'guardian'
  /** Where it was said, when it was not on these pages. */
  readonly channel?: Channel
  /** Set while the answer is so fresh that the person may not expect it here. */
  readonly minutesAgo?: number
  /** A yes that does not count yet, and what it waits for. */
  readonly waitsFor?: 'confirmation' | 'contact-point' | 'guardian' | 'own-word'
  readonly status?: { readonly kind: ChoiceStatus; readonly at?: Date }
  /** How the question stood when the page was made: it comes back as `was.<key>`, so that nothing newer is undone unseen. */
  readonly was?: { readonly mark: string; readonly preset: 'yes' | 'no' | 'none' }
  /** What was pressed here, when another answer arrived from elsewhere meanwhile. */
  readonly overtaken?: { readonly pressed: 'yes' | 'no' }
  readonly notice: NoticeShown
}

const waitingWords = ({ waitsFor, contactChannel }: PurposeChoice): MessageKey => {
  if (waitsFor === 'guardian' || waitsFor === 'own-word' || waitsFor === 'contact-point')
    return `waits.${waitsFor}`
  return contactChannel === 'sms' ? 'waits.confirmation.sms' : 'waits.confirmation.email'
}

/** When, where and by whom the present answer was given. */
function toldOf(choice: PurposeChoice, { t }: PageContext) {
  const { since, by, channel, minutesAgo, said = choice.answer } = choice
  if (since === undefined || said === undefined) return undefined
  return [
    t(by === 'guardian' ? `purpose.since.guardian.${said}` : `purpose.since.${said}`, { at: since }),
    channel && t(`channel.${channel}`),
    minutesAgo === undefined ? undefined : t('choice.ago', { minutes: minutesAgo }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

/** Both answers, side by side in words: the newer one stands until the person decides again. */
function Overtaken({ page, choice }: { page: PageContext; choice: PurposeChoice }) {
  const { t } = page
  const { answer, channel = 'web', minutesAgo = 0, overtaken } = choice
  if (overtaken === undefined) return null
  const when = { where: t(`channel.${channel}`), ago: t('choice.ago', { minutes: minutesAgo }) }
  return (
    <div class="choice__news">
      <Icon name="alert" size={18} />
      <div>
        <p>{t(answer === undefined ? 'choice.elsewhere' : `choice.elsewhere.${answer}`, when)}</p>
        <p>{t(`choice.pressedHere.${overtaken.pressed}`)}</p>
      </div>
    </div>
  )
}

/** One question: its words, how it stands, and yes or no. */
export function Choice(props: { page: PageContext; title: string; choice: PurposeChoice }) {
  const { page, title, choice } = props
  const { t } = page
  const { key, contactChannel, line, notice, status, was, waitsFor } = choice
  const id = `words-${key}`
  const when = choice.overtaken ? undefined : toldOf(choice, page)
  return (
    <div class="choice">
      <div class="choice__words" id={id}>
        <span class="visually-hidden">{title}: </span>
        <strong>
          {contactChannel === 'none' ? t('purpose.allowUse') : t(`contactChannel.${contactChannel}`)}
        </strong>
        {line && <span class="small soft">{line}</span>}
        {when && <span class="small soft">{when}</span>}
        {waitsFor && <span class="small">{t(waitingWords(choice))}</span>}
        {status && (
          <span class="small">
            {t(`status.${status.kind}`, status.at === undefined ? {} : { at: status.at })}
          </span>
        )}
      </div>
      <YesNo page={page} name={`choice.${key}`} labelledBy={id} answer={choice.answer} />
      <Overtaken page={page} choice={choice} />
      <input
        type="hidden"
        name={`shown.${key}`}
        value={[notice.id, notice.version, notice.language, notice.hash].join('|')}
      />
      {was && <input type="hidden" name={`was.${key}`} value={`${was.mark}|${was.preset}`} />}
    </div>
  )
}
