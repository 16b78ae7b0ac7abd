import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { DeclineFirst } from '../parts/decline-first.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface CallRequestModel {
  /** What the agent says they are called; never a name. */
  readonly agentReference: string
  readonly clientName: string
  readonly place: string | undefined
  /** What the agent reads aloud. */
  readonly bindingMessage: string
  readonly scopes: readonly string[]
  readonly startedAt: Date
  readonly expiresAt: Date
  readonly action: string
}

/**
 * Fields: the button `decision` = `decline` | `report` | `approve`. The two ways out come first and hold the focus, so that
 * whoever is not on the telephone leaves with one press; Enter leaves, too. The yes is as large as they are, and comes after the
 * words that the agent has to know.
 */
export const CallRequestView: View<CallRequestModel> = {
  id: 'call-approval/request',
  title: (_, { t }) => t('callRequest.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const more = model.scopes.filter((scope) => scope !== 'openid')
    return (
      <>
        <Heading title={t('callRequest.title')}>
          <p class="lead" id="only-if">
            {t('callRequest.onlyIf', { brand: page.brand.name, message: model.bindingMessage })}
          </p>
        </Heading>
        <div id="not-if">
          <Notice kind="warning">
            <p>{t('callRequest.notIf')}</p>
          </Notice>
        </div>
        <Form page={page} action={model.action}>
          <DeclineFirst decline={t('callRequest.decline')} report={t('callRequest.report')} />
          <SummaryList
            rows={[
              { label: t('callRequest.message'), value: <strong>{model.bindingMessage}</strong> },
              { label: t('callRequest.agent'), value: model.agentReference },
              { label: t('callRequest.client'), value: model.clientName },
              ...(model.place === undefined ? [] : [{ label: t('callRequest.place'), value: model.place }]),
              { label: t('callRequest.since'), value: t('callRequest.at', { at: model.startedAt }) },
              { label: t('callRequest.until'), value: t('callRequest.at', { at: model.expiresAt }) },
              {
                label: t('callRequest.may'),
                value: (
                  <Values
                    of={[
                      t('callRequest.knowsYou'),
                      ...(more.length === 0 ? [] : [t('callRequest.sees', { scopes: more.join(', ') })]),
                    ]}
                  />
                ),
              },
            ]}
          />
          <Button weight="even" wide name="decision" value="approve">
            {t('callRequest.approve')}
          </Button>
        </Form>
        <p class="small soft">{t('callRequest.never')}</p>
      </>
    )
  },
}
