import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { asSpoken, CallFrame, type CallHead, ReadAloud } from './call-frame.tsx'

export interface StoppedModel {
  readonly head: CallHead
  readonly because: 'failed-twice' | 'reported' | 'locked'
}

/** Nothing more is tried in this call. What there is to say gives nothing away, whoever is on the line. */
export const StoppedView: View<StoppedModel> = {
  id: 'agent-console/stopped',
  title: (_, { t }) => t('calls.stopped.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { head } = model
    const spoken = asSpoken(page, head.language)
    return (
      <CallFrame page={page} head={head} title={t('calls.stopped.title')}>
        <Notice kind="warning">
          <p>{t(`calls.stopped.${model.because}`)}</p>
        </Notice>
        <ReadAloud page={page} language={head.language}>
          <p>{spoken.t('calls.say.stop')}</p>
          <p>{spoken.t('calls.say.stopNext', { brand: page.brand.name })}</p>
        </ReadAloud>
        <p>{t('calls.stopped.do')}</p>
        <ButtonLink href={`${head.href}/wrap-up`}>{t('calls.wrapUp')}</ButtonLink>
      </CallFrame>
    )
  },
}
