import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { asSpoken, CallFrame, type CallHead, ReadAloud } from './call-frame.tsx'

export interface WaitingModel {
  readonly head: CallHead
  readonly bindingMessage: string
}

/** Looks again by itself: quietly where there is script, by loading anew where there is none. */
export const WaitingView: View<WaitingModel> = {
  id: 'agent-console/waiting',
  title: (_, { t }) => t('calls.waiting.title'),
  layout: 'staff',
  wide: true,
  modules: ['calls'],
  looksAgain: ({ head }) => ({ href: `${head.href}/waiting`, seconds: 5 }),
  body: ({ model, page }) => {
    const { t } = page
    const { head, bindingMessage } = model
    return (
      <CallFrame page={page} head={head} title={t('calls.waiting.title')} lead={t('calls.waiting.lead')} back>
        <ReadAloud page={page} language={head.language}>
          <p>{asSpoken(page, head.language).t('calls.say.binding', { agent: head.agentReference })}</p>
          <p class="big-code">{bindingMessage}</p>
        </ReadAloud>
        <p role="status" data-looks-again={`${head.href}/waiting/state`}>
          {t('calls.waiting.still')}
        </p>
        <p class="soft">{t('calls.waiting.never')}</p>
        <div class="actions">
          <ButtonLink weight="even" href={`${head.href}/waiting`}>
            {t('calls.waiting.look')}
          </ButtonLink>
          <ButtonLink weight="quiet" href={head.href}>
            {t('calls.waiting.other')}
          </ButtonLink>
        </div>
      </CallFrame>
    )
  },
}
