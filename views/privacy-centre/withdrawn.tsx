import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface WithdrawnModel {
  readonly at: Date
  readonly withdrawn: readonly { readonly purpose: string; readonly contactChannel: ContactChannel }[]
  /**
   * Who had received the data for this and is given them no more, by name. Undefined where nobody proved to be the person:
   * whoever holds a link is told how it is for everybody.
   */
  readonly stopped?: readonly string[]
  readonly receiptHref?: string
}

/** Reached from the privacy centre and from the signed link in a mail alike; it asks for nothing and regrets nothing. */
export const WithdrawnView: View<WithdrawnModel> = {
  id: 'privacy-centre/withdrawn',
  title: (_, { t }) => t('withdrawn.title'),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('withdrawn.title')} icon="check">
          <p class="lead">{t('withdrawn.lead', { at: model.at })}</p>
        </Heading>
        <SummaryList
          rows={model.withdrawn.map(({ purpose, contactChannel }) => ({
            label: purpose,
            value: contactChannel === 'none' ? t('withdrawn.allUse') : t(`contactChannel.${contactChannel}`),
          }))}
        />
        {model.stopped === undefined && <p>{t('withdrawn.whoeverHad')}</p>}
        {model.stopped !== undefined && model.stopped.length > 0 && (
          <section class="stack stack--close" aria-labelledby="stopped">
            <h2 id="stopped">{t('withdrawn.stopped')}</h2>
            <ul>
              {model.stopped.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
            <p>{t('withdrawn.stoppedHow')}</p>
          </section>
        )}
        <div class="actions">
          {model.receiptHref && (
            <ButtonLink weight="quiet" href={model.receiptHref} icon="receipt">
              {t('savedChoices.receipt')}
            </ButtonLink>
          )}
          <ButtonLink weight="quiet" href="/privacy/permissions">
            {t('withdrawn.permissions')}
          </ButtonLink>
        </div>
      </>
    )
  },
}
