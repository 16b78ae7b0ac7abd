import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, type SummaryRow, Values } from '../parts/summary-list.tsx'
import type { MeasureName } from './measure.tsx'

/** Uses in words, by what would become of them. */
export interface EffectModel {
  readonly ends: readonly string[]
  readonly narrows: readonly string[]
  readonly begins: readonly string[]
  readonly stays: readonly string[]
}

export interface CheckMeasureModel {
  readonly measure: MeasureName
  readonly rows: readonly SummaryRow[]
  readonly effect: EffectModel
  /** What was typed, carried along so that going back loses nothing. */
  readonly carried: Readonly<Record<string, string>>
}

const fates = ['ends', 'narrows', 'begins', 'stays'] as const

/** A number in a sentence, and under it which ones. */
function Effect({ page, effect }: { page: PageContext; effect: EffectModel }) {
  const { t } = page
  const changed = effect.ends.length + effect.narrows.length + effect.begins.length
  return (
    <section class="stack stack--close" aria-labelledby="effect">
      <h2 id="effect">{t('measure.effect')}</h2>
      {changed === 0 && <p>{t('measure.effect.none')}</p>}
      {fates
        .filter((fate) => effect[fate].length > 0)
        .map((fate) => (
          <div key={fate}>
            <p>
              <strong>{t(`measure.effect.${fate}`, { count: effect[fate].length })}</strong>
            </p>
            <Values of={effect[fate]} />
          </div>
        ))}
    </section>
  )
}

/** The second of two steps: what will happen, before it does. */
export const CheckMeasureView: View<CheckMeasureModel> = {
  id: 'staff/check-measure',
  title: ({ measure }, { t }) => t(`measure.${measure}.check`),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { measure } = model
    return (
      <>
        <Heading title={t(`measure.${measure}.check`)} />
        <SummaryList rows={model.rows} />
        <Effect page={page} effect={model.effect} />
        <Notice kind="warning">
          <p>{t(`measure.${measure}.means`)}</p>
        </Notice>
        <Form page={page}>
          {Object.entries(model.carried).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <div class="pair">
            <Button name="step" value="confirm">
              {t(`measure.${measure}.confirm`)}
            </Button>
            <Button weight="even" name="step" value="edit">
              {t('measure.edit')}
            </Button>
          </div>
        </Form>
      </>
    )
  },
}
