import type { Channel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Details } from '../parts/details.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import type { RequestOpenedByWord } from '../request-words.ts'
import { type RequestLineModel, RequestTag } from './requests.tsx'

export interface RequestModel extends Omit<RequestLineModel, 'id' | 'href'> {
  readonly words?: string | undefined
  readonly openedBy: RequestOpenedByWord
  readonly channel: Channel
  readonly endedAt?: Date | undefined
  /** The last day has passed, and no answer was given. */
  readonly late: boolean
  readonly backHref: string
  /** Where it is taken back, while there is something to take back. */
  readonly takeBackAction?: string | undefined
}

/** One request: what was asked, how it reached us and by when it is answered; and the way to take it back. */
export const RequestView: View<RequestModel> = {
  id: 'privacy-centre/request',
  title: (model, { t }) => t(`requests.right.${model.right}`),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    const { right, reference, state, receivedAt, due, words, openedBy, channel, endedAt, takeBackAction } =
      model
    return (
      <>
        <BackLink href={model.backHref} words={t('request.back')} />
        <Heading title={t(`requests.right.${right}`)} />
        {model.late && (
          <Notice kind="warning">
            <p>{t('requests.late', { due })}</p>
          </Notice>
        )}
        <SummaryList
          rows={[
            { label: t('requests.state'), value: <RequestTag page={page} state={state} /> },
            { label: t('requests.reference'), value: reference },
            { label: t('requests.receivedAt'), value: t('requests.day', { day: receivedAt }) },
            ...(state === 'open'
              ? [{ label: t('requests.due'), value: <strong>{t('requests.day', { day: due })}</strong> }]
              : []),
            ...(endedAt === undefined
              ? []
              : [{ label: t('request.endedAt'), value: t('requests.day', { day: endedAt }) }]),
            {
              label: t('request.taken'),
              value: t(`request.taken.${openedBy}`, { where: t(`channel.${channel}`) }),
            },
            ...(words === undefined
              ? []
              : [
                  {
                    label: t(openedBy === 'subject' ? 'request.words' : 'request.wordsOfOther'),
                    value: <p class="as-typed">{words}</p>,
                  },
                ]),
          ]}
        />
        {takeBackAction !== undefined && (
          <Details summary={t('request.takeBack')}>
            <div class="stack">
              <p>{t('request.takeBackLead')}</p>
              <Form page={page} action={takeBackAction}>
                <Button weight="even">{t('request.takeBackDo')}</Button>
              </Form>
            </div>
          </Details>
        )}
      </>
    )
  },
}
