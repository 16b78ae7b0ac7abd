import type { View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Radios } from '../parts/radios.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { TextArea } from '../parts/text-area.tsx'
import { asSpoken, CallFrame, type CallHead, ReadAloud } from './call-frame.tsx'

export const rightsOfCallers = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated-decision',
] as const
export type RightOfCaller = (typeof rightsOfCallers)[number]

export interface CallRequestFormModel {
  readonly head: CallHead
  readonly action: string
  readonly typed: { readonly right: string; readonly words: string }
  /** Set once it is open. */
  readonly opened?:
    | { readonly reference: string; readonly right: RightOfCaller; readonly due: Date }
    | undefined
}

/** Fields: `right`, `words`. A request of the caller's, in their words; nobody has to know the law to make one (Art. 12(2)). */
export const CallRequestFormView: View<CallRequestFormModel> = {
  id: 'agent-console/request',
  title: ({ opened }, { t }) => t(opened ? 'calls.request.opened' : 'calls.request.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head, typed, opened, action } = model
    const spoken = asSpoken(page, head.language)
    if (opened !== undefined) {
      return (
        <CallFrame page={page} head={head} title={t('calls.request.opened')} back>
          <SummaryList
            rows={[
              {
                label: t('calls.request.reference'),
                value: <span class="reference">{opened.reference}</span>,
              },
              { label: t('calls.request.right'), value: t(`calls.right.${opened.right}`) },
              { label: t('calls.request.due'), value: t('page.day', { at: opened.due }) },
            ]}
          />
          <ReadAloud page={page} language={head.language}>
            <p>{spoken.t('calls.say.request', { reference: opened.reference, due: opened.due })}</p>
          </ReadAloud>
          <ButtonLink weight="even" href={head.href}>
            {t('calls.backToCall')}
          </ButtonLink>
        </CallFrame>
      )
    }
    return (
      <CallFrame page={page} head={head} title={t('calls.request.title')} lead={t('calls.request.lead')} back>
        <Form page={page} action={action}>
          <Radios
            page={page}
            name="right"
            label={t('calls.request.right')}
            options={rightsOfCallers.map((value) => ({ value, words: t(`calls.right.${value}`) }))}
            value={typed.right}
          />
          <TextArea
            page={page}
            name="words"
            label={t('calls.request.words')}
            hint={t('calls.request.wordsHint')}
            value={typed.words}
            optional
          />
          <Button>{t('calls.request.open')}</Button>
        </Form>
      </CallFrame>
    )
  },
}
