import type { View } from '../page-context.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Heading } from '../parts/heading.tsx'
import { Table } from '../parts/table.tsx'
import type { CallAssurance } from './call-frame.tsx'

export interface LiveCall {
  readonly reference: string
  readonly agent: string
  readonly place: string
  readonly openedAt: Date
  readonly state: 'open' | 'dropped'
  readonly assurance: CallAssurance
  readonly failedChecks: number
  /** Whether a record is open in it. */
  readonly chosen: boolean
}

export interface LiveCallsModel {
  readonly calls: readonly LiveCall[]
}

/** What goes on now, without a word about any caller. Nobody can take over a call or look into it from here. */
export const LiveCallsView: View<LiveCallsModel> = {
  id: 'agent-console/live',
  title: (_, { t }) => t('calls.live.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('calls.live.title')}>
          <p class="lead">{t('calls.live.lead')}</p>
        </Heading>
        {model.calls.length === 0 ? (
          <EmptyState icon="clock" title={t('calls.live.none')} />
        ) : (
          <Table
            caption={t('calls.live.title')}
            columns={[
              t('calls.reference'),
              t('calls.live.agent'),
              t('calls.live.place'),
              t('calls.since'),
              t('calls.live.record'),
              t('calls.live.how'),
            ]}
            rows={model.calls.map((call) => ({
              id: call.reference,
              cells: [
                <span class="mono nowrap">{call.reference}</span>,
                <span class="mono nowrap">{call.agent}</span>,
                call.place,
                t('calls.clock', { at: call.openedAt }),
                t(call.chosen ? 'calls.live.recordOpen' : 'calls.live.noRecord'),
                <>
                  {t(`calls.assurance.${call.assurance}`)}
                  {call.state === 'dropped' && `. ${t('calls.live.dropped')}`}
                  {call.failedChecks > 0 && `. ${t('calls.live.failed', { count: call.failedChecks })}`}
                </>,
              ],
            }))}
          />
        )}
      </>
    )
  },
}
