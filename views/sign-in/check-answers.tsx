import { say, type View, type Words } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

export interface CheckedAnswer {
  readonly label: Words
  readonly values: readonly string[]
  readonly changeHref?: string
}

export interface CheckAnswersModel {
  readonly details: readonly CheckedAnswer[]
  /** One row per purpose, its values such as "Correo electrónico: sí". */
  readonly permissions: readonly CheckedAnswer[]
  readonly backHref?: string
}

export const CheckAnswersView: View<CheckAnswersModel> = {
  id: 'sign-in/check-answers',
  title: (_, { t }) => t('checkAnswers.title'),
  layout: 'sign-in',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const rows = (answers: readonly CheckedAnswer[]) =>
      answers.map(({ label, values, changeHref }) => ({
        label: say(page, label),
        value: values.length ? (
          <Values of={values} />
        ) : (
          <span class="soft">{t('checkAnswers.notGiven')}</span>
        ),
        ...(changeHref ? { change: { href: changeHref, words: t('checkAnswers.change') } } : {}),
      }))
    return (
      <>
        {model.backHref && <BackLink href={model.backHref} words={t('page.back')} />}
        <Heading title={t('checkAnswers.title')}>
          <p class="lead">{t('checkAnswers.lead')}</p>
        </Heading>
        <section class="stack" aria-labelledby="details">
          <h2 id="details">{t('checkAnswers.details')}</h2>
          <SummaryList rows={rows(model.details)} />
        </section>
        {model.permissions.length > 0 && (
          <section class="stack" aria-labelledby="permissions">
            <h2 id="permissions">{t('checkAnswers.permissions')}</h2>
            <SummaryList rows={rows(model.permissions)} />
          </section>
        )}
        <Form page={page}>
          <Button wide>{t('checkAnswers.finish')}</Button>
        </Form>
      </>
    )
  },
}
