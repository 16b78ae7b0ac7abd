import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Select } from '../parts/select.tsx'

export interface ResidenceModel {
  /** Two letters; what was sent, when it is shown again. */
  readonly country: string
  readonly countries: readonly { readonly value: string; readonly words: string }[]
  readonly backHref: string
}

export const ResidenceView: View<ResidenceModel> = {
  id: 'privacy-centre/residence',
  title: (_, { t }) => t('residence.title'),
  layout: 'privacy',
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.backHref} words={t('page.back')} />
        <Heading title={t('residence.title')}>
          <p class="lead">{t('residence.lead')}</p>
        </Heading>
        <Form page={page}>
          <Select
            page={page}
            name="country"
            label={t('residence.country')}
            none={t('residence.choose')}
            options={model.countries}
            value={model.country}
          />
          <p class="soft">{t('residence.means')}</p>
          <Button>{t('residence.save')}</Button>
        </Form>
      </>
    )
  },
}
