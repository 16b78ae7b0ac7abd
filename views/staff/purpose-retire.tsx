import type { View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'

export interface PurposeRetireModel {
  readonly title: string
  readonly href: string
  readonly reason: string
  readonly permittedToday: number
}

export const PurposeRetireView: View<PurposeRetireModel> = {
  id: 'staff/purpose-retire',
  title: (model, { t }) => t('retire.title', { title: model.title }),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <BackLink href={model.href} words={t('preview.back')} />
        <Heading title={t('retire.title', { title: model.title })}>
          <p class="lead">{t('retire.lead')}</p>
        </Heading>
        <Notice kind="warning">
          <p>
            {t('publish.permittedToday', { count: model.permittedToday })} {t('retire.kept')}
          </p>
        </Notice>
        <Form page={page} action={`${model.href}/retire`}>
          <TextInput
            page={page}
            name="reason"
            label={t('retire.reason')}
            hint={t('retire.reasonHint')}
            value={model.reason}
            autocomplete="off"
          />
          <div class="actions">
            <Button>{t('retire.now')}</Button>
            <ButtonLink weight="even" href={model.href}>
              {t('retire.back')}
            </ButtonLink>
          </div>
        </Form>
      </>
    )
  },
}
