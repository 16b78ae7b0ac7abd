import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'

export interface PeopleModel {
  readonly person: string
  readonly reason: string
  /** Looked for, and not there. */
  readonly nobody: boolean
}

/** One person is found by something that is theirs alone. There is no list of people to walk through. */
export const PeopleView: View<PeopleModel> = {
  id: 'staff/people',
  title: (_, { t }) => t('people.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('people.title')}>
          <p class="lead">{t('people.lead')}</p>
        </Heading>
        {model.nobody && (
          <EmptyState icon="person" title={t('people.nobody')}>
            <p>{t('people.nobodyAbout')}</p>
          </EmptyState>
        )}
        <Form page={page} action="/dpo/people">
          <TextInput
            page={page}
            name="person"
            label={t('people.person')}
            hint={t('people.personHint')}
            value={model.person}
            autocomplete="off"
            spellcheck={false}
          />
          <TextInput
            page={page}
            name="reason"
            label={t('people.reason')}
            hint={t('people.reasonHint')}
            value={model.reason}
            autocomplete="off"
          />
          <Button wide>{t('people.open')}</Button>
        </Form>
      </>
    )
  },
}
