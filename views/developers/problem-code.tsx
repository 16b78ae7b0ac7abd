import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface ProblemCodeModel {
  readonly code: string
  readonly status: number
  readonly means: string
  readonly todo: string
}

/** Where the `type` of every problem leads. */
export const ProblemCodeView: View<ProblemCodeModel> = {
  id: 'developers/problem-code',
  title: ({ code }) => code,
  layout: 'plain',
  body: ({ model, page }) => (
    <>
      <Heading title={model.code} />
      <SummaryList
        rows={[
          { label: page.t('problemCode.means'), value: model.means },
          { label: page.t('problemCode.todo'), value: model.todo },
          { label: page.t('problemCode.status'), value: String(model.status) },
        ]}
      />
      <p>
        <a href="/problems">{page.t('problemCode.all')}</a>
      </p>
    </>
  ),
}
