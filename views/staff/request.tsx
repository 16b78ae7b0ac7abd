import type { Channel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { RequestTag } from '../privacy-centre/requests.tsx'
import type { RequestOpenedByWord, RequestRightWord, RequestStateWord } from '../request-words.ts'
import { type IdentityWord, TimeLeftChip, type TimeLeftModel } from './requests.tsx'

export type RequestActivity = 'received' | 'opened' | 'email' | 'sms' | 'nowhere' | 'subject' | 'not-mine'

export interface InboxRequestModel {
  readonly reference: string
  readonly right: RequestRightWord
  readonly state: RequestStateWord
  /** Undefined once nothing is owed any more. */
  readonly left?: TimeLeftModel | undefined
  readonly dueIfExtended: Date
  readonly receivedAt: Date
  readonly person?: string | undefined
  readonly personHref: string
  readonly channel: Channel
  readonly openedBy: RequestOpenedByWord
  readonly who: string
  readonly touchpoint?: string | undefined
  readonly call?: string | undefined
  readonly identity: IdentityWord
  readonly words?: string | undefined
  /** Newest first. */
  readonly activity: readonly { readonly kind: RequestActivity; readonly at: Date }[]
  readonly backHref: string
}

/** One request as the officer has it before them: how long is left, what was asked, by whom we have it, what was done. */
export const InboxRequestView: View<InboxRequestModel> = {
  id: 'staff/request',
  title: (model) => model.reference,
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { left, right, state, openedBy, who, touchpoint, call, words } = model
    return (
      <>
        <BackLink href={model.backHref} words={t('inboxRequest.back')} />
        <Heading title={model.reference}>
          <p class="lead">{t(`inbox.right.${right}`)}</p>
        </Heading>
        {state === 'not-mine' && (
          <Notice kind="warning">
            <p>{t('inboxRequest.notMine')}</p>
          </Notice>
        )}
        <section class="stack" aria-labelledby="clock">
          <h2 id="clock">{t('inboxRequest.clock')}</h2>
          <SummaryList
            rows={[
              { label: t('requests.state'), value: <RequestTag page={page} state={state} /> },
              { label: t('requests.receivedAt'), value: t('requests.day', { day: model.receivedAt }) },
              ...(left === undefined
                ? []
                : [
                    {
                      label: t('inbox.due'),
                      value: (
                        <>
                          <strong>{t('requests.day', { day: left.due })}</strong>{' '}
                          <TimeLeftChip page={page} left={left} />
                        </>
                      ),
                    },
                    {
                      label: t('inboxRequest.extended'),
                      value: t('inboxRequest.extendedAbout', { due: model.dueIfExtended }),
                    },
                  ]),
            ]}
          />
        </section>
        <section class="stack" aria-labelledby="what">
          <h2 id="what">{t('inboxRequest.what')}</h2>
          <SummaryList
            rows={[
              {
                label: t('inboxRequest.words'),
                value:
                  words === undefined ? (
                    <span class="soft">{t('inboxRequest.noWords')}</span>
                  ) : (
                    <p class="as-typed">{words}</p>
                  ),
              },
              { label: t('inbox.person'), value: model.person ?? t('inbox.nobody') },
              { label: t('inbox.channel'), value: t(`channel.${model.channel}`) },
              { label: t('inboxRequest.openedBy'), value: t(`inboxRequest.openedBy.${openedBy}`, { who }) },
              ...(touchpoint === undefined
                ? []
                : [{ label: t('inboxRequest.touchpoint'), value: touchpoint }]),
              ...(call === undefined ? [] : [{ label: t('inboxRequest.call'), value: call }]),
              {
                label: t('inbox.identity'),
                value: (
                  <>
                    {t(`inbox.identity.${model.identity}`)}{' '}
                    <span class="small soft">{t('inboxRequest.identityAbout')}</span>
                  </>
                ),
              },
            ]}
          />
          <div class="actions">
            <ButtonLink weight="quiet" href={model.personHref}>
              {t('inboxRequest.openPerson')}
            </ButtonLink>
          </div>
        </section>
        <section class="stack" aria-labelledby="activity">
          <h2 id="activity">{t('inboxRequest.activity')}</h2>
          <Timeline
            entries={model.activity.map(({ kind, at }) => ({
              id: kind,
              body: (
                <>
                  <p>{t(`inboxRequest.activity.${kind}`)}</p>
                  <p class="small soft">{t('inboxRequest.activityAt', { at })}</p>
                </>
              ),
            }))}
          />
        </section>
      </>
    )
  },
}
