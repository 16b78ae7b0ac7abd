import type { View } from '../page-context.ts'
import { Heading } from '../parts/heading.tsx'
import { Table } from '../parts/table.tsx'
import type { ProblemCodeModel } from './problem-code.tsx'

/** The catalogue of problem codes, each with its own address. */
export const ProblemCodesView: View<{ readonly problems: readonly ProblemCodeModel[] }> = {
  id: 'developers/problem-codes',
  title: (_, { t }) => t('problemCode.list'),
  layout: 'plain',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('problemCode.list')}>
          <p class="lead">{t('problemCode.listLead')}</p>
        </Heading>
        <Table
          caption={t('problemCode.list')}
          columns={[t('problemCode.code'), t('problemCode.status'), t('problemCode.means')]}
          rows={model.problems.map(({ code, status, means }) => ({
            id: code,
            cells: [
              <a key="code" class="mono" href={`/problems/${code}`}>
                {code}
              </a>,
              String(status),
              means,
            ],
          }))}
        />
      </>
    )
  },
}
