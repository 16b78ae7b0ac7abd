import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, type SummaryRow } from '../parts/summary-list.tsx'
import { asSpoken, CallFrame, type CallHead, ReadAloud } from './call-frame.tsx'

export interface ToldChoice {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly answer: 'yes' | 'no'
}

export interface ScriptDoneModel {
  readonly head: CallHead
  readonly told: readonly ToldChoice[]
  /** What was sent for the caller to confirm with: to where, masked, and until when it is good. */
  readonly confirmation?:
    | {
        readonly sentTo: string | undefined
        readonly until: Date | undefined
        /** Nothing was sent, because they were written to enough. */
        readonly heldBack?: boolean
      }
    | undefined
}

const rowOf = ({ t }: PageContext, { purpose, contactChannel, answer }: ToldChoice): SummaryRow => ({
  label: contactChannel === 'none' ? purpose : `${purpose}: ${t(`contactChannel.${contactChannel}`)}`,
  value: t(answer === 'yes' ? 'calls.told.pending' : 'calls.told.no'),
})

/** What was kept, and what the caller has to do themselves. */
export const ScriptDoneView: View<ScriptDoneModel> = {
  id: 'agent-console/script-done',
  title: ({ confirmation }, { t }) => t(confirmation ? 'calls.told.title.pending' : 'calls.told.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head, told, confirmation } = model
    const spoken = asSpoken(page, head.language)
    return (
      <CallFrame
        page={page}
        head={head}
        title={t(confirmation ? 'calls.told.title.pending' : 'calls.told.title')}
        back
      >
        {told.length === 0 && <p>{t('calls.told.unchanged')}</p>}
        <SummaryList rows={told.map((one) => rowOf(page, one))} />
        {confirmation && (
          <>
            <Notice kind={confirmation.sentTo === undefined ? 'warning' : 'info'}>
              <p>
                {confirmation.sentTo === undefined
                  ? t(confirmation.heldBack === true ? 'calls.told.heldBack' : 'calls.told.nowhere')
                  : t('calls.told.sent', { to: confirmation.sentTo })}
              </p>
              {confirmation.until && <p>{t('calls.told.until', { until: confirmation.until })}</p>}
            </Notice>
            <ReadAloud page={page} language={head.language}>
              <p>
                {spoken.t(confirmation.sentTo === undefined ? 'calls.say.confirmLater' : 'calls.say.confirm')}
              </p>
              <p>{spoken.t('calls.say.notMe')}</p>
            </ReadAloud>
          </>
        )}
        <ButtonLink weight="even" href={head.href}>
          {t('calls.backToCall')}
        </ButtonLink>
      </CallFrame>
    )
  },
}
