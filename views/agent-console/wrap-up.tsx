import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Form } from '../parts/form.tsx'
import { Radios } from '../parts/radios.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'
import { type CallAssurance, CallFrame, type CallHead } from './call-frame.tsx'

/** What was sent to the caller during the call: by which way, and never to which address. */
export interface SentMessage {
  readonly kind: 'code' | 'own-device' | 'choices'
  readonly by: 'email' | 'sms' | 'own-device'
  readonly at: Date
}

export const callSummaries = [
  'answered',
  'preferences',
  'request-opened',
  'not-verified',
  'passed-on',
  'other',
] as const
export type CallSummary = (typeof callSummaries)[number]

export interface WrapUpModel {
  readonly head: CallHead
  readonly messages: readonly SentMessage[]
  readonly typed: { readonly summary: string }
  /** Set once the call is over. */
  readonly ended?:
    | { readonly at: Date; readonly summary: CallSummary; readonly assurance: CallAssurance }
    | undefined
}

/** What happens without anybody's doing now that the call is over. */
const nextOf = ({ messages }: WrapUpModel, summary: CallSummary) =>
  summary === 'preferences' && messages.some(({ kind }) => kind === 'choices') ? 'confirms' : summary

/** Fields: `summary`. There is no room for free words: what is written about a caller is data of theirs. */
export const WrapUpView: View<WrapUpModel> = {
  id: 'agent-console/wrap-up',
  title: ({ ended }, { t }) => t(ended ? 'calls.ended.title' : 'calls.wrapUp.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head, ended, messages, typed } = model
    const told = ({ kind, by, at }: SentMessage) =>
      [
        t(`calls.sent.${kind}`),
        ...(by === 'own-device' ? [] : [t(`calls.sentBy.${by}`)]),
        t('calls.clock', { at }),
      ].join(', ')
    const sent = messages.length === 0 ? t('calls.sent.none') : <Values of={messages.map(told)} />
    if (ended !== undefined) {
      return (
        <CallFrame page={page} head={head} title={t('calls.ended.title')} lead={t('calls.ended.lead')}>
          <SummaryList
            rows={[
              { label: t('calls.ended.at'), value: t('calls.at', { at: ended.at }) },
              { label: t('calls.ended.verified'), value: t(`calls.assurance.${ended.assurance}`) },
              { label: t('calls.summary'), value: t(`calls.summary.${ended.summary}`) },
              { label: t('calls.sent'), value: sent },
              { label: t('calls.next'), value: t(`calls.next.${nextOf(model, ended.summary)}`) },
            ]}
          />
          <ButtonLink href="/staff/calls">{t('calls.backToDesk')}</ButtonLink>
        </CallFrame>
      )
    }
    return (
      <CallFrame page={page} head={head} title={t('calls.wrapUp.title')} lead={t('calls.wrapUp.lead')} back>
        <Card id="sent" title={t('calls.sent')}>
          <div>{sent}</div>
        </Card>
        <Form page={page} action={`${head.href}/wrap-up`}>
          <Radios
            page={page}
            name="summary"
            label={t('calls.summary')}
            options={callSummaries.map((value) => ({ value, words: t(`calls.summary.${value}`) }))}
            value={typed.summary}
          />
          <Button>{t('calls.end')}</Button>
        </Form>
      </CallFrame>
    )
  },
}
