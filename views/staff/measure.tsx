import type { MessageKey } from '../locales/translator.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { type RadioOption, Radios } from '../parts/radios.tsx'
import { Select } from '../parts/select.tsx'
import { TextArea } from '../parts/text-area.tsx'

/** What the data protection officer may decide about one person. */
export type MeasureName =
  | 'restrict'
  | 'announce-lift'
  | 'lift-restriction'
  | 'override-objection'
  | 'suppress'
  | 'lift-suppression'

interface Asked {
  readonly name: string
  readonly label: MessageKey
  readonly hint?: MessageKey
  readonly value: string
}

export type MeasureField =
  | (Asked & { readonly kind: 'radios'; readonly options: readonly RadioOption[] })
  | (Asked & {
      readonly kind: 'select'
      readonly none?: MessageKey
      readonly options: readonly { readonly value: string; readonly words: string }[]
    })
  | (Asked & { readonly kind: 'line' | 'text' | 'day'; readonly optional?: boolean })

export interface MeasureModel {
  readonly measure: MeasureName
  readonly personHref: string
  readonly fields: readonly MeasureField[]
  /** Told before the form: what this measure cannot do, or what was said already. */
  readonly notes: readonly string[]
  /** There is nothing this measure could be taken on. */
  readonly nothing: boolean
}

function Question({ page, field }: { page: PageContext; field: MeasureField }) {
  const { t } = page
  const { name, value } = field
  const said = { page, name, value, label: t(field.label), hint: field.hint && t(field.hint) }
  switch (field.kind) {
    case 'radios':
      return <Radios {...said} options={field.options} />
    case 'select':
      return <Select {...said} none={field.none && t(field.none)} options={field.options} />
    case 'text':
      return <TextArea {...said} optional={field.optional} />
    case 'day':
      return <TextInput {...said} type="date" optional={field.optional} autocomplete="off" />
    case 'line':
      return <TextInput {...said} optional={field.optional} autocomplete="off" />
  }
}

/** The first of two steps: what is to be decided, and why. Nothing happens here. */
export const MeasureView: View<MeasureModel> = {
  id: 'staff/measure',
  title: ({ measure }, { t }) => t(`measure.${measure}.title`),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { measure } = model
    return (
      <>
        <BackLink href={model.personHref} words={t('person.back')} />
        <Heading title={t(`measure.${measure}.title`)}>
          <p class="lead">{t(`measure.${measure}.lead`)}</p>
        </Heading>
        {model.notes.map((note) => (
          <Notice kind="info" key={note}>
            <p>{note}</p>
          </Notice>
        ))}
        {model.nothing ? (
          <EmptyState icon="check" title={t(`measure.${measure}.nothing`)} />
        ) : (
          <Form page={page}>
            {model.fields.map((field) => (
              <Question key={field.name} page={page} field={field} />
            ))}
            <Button wide>{t('measure.check')}</Button>
            <p class="soft small">{t('measure.nothingYet')}</p>
          </Form>
        )}
      </>
    )
  },
}
