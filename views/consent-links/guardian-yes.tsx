import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList } from '../parts/summary-list.tsx'

export interface GuardianYesModel {
  /** The child's own address, masked: a parent knows whose it is. */
  readonly child: string
  readonly yeses: readonly {
    readonly name: string
    readonly purpose: string
    readonly contactChannel: ContactChannel
  }[]
  /** Something was taken back a moment ago. */
  readonly withdrawn: boolean
}

/** What a guardian agreed to, each with one button, and one for all of it: no question, no code, no reason. */
export const GuardianYesView: View<GuardianYesModel> = {
  id: 'consent-links/guardian-yes',
  title: (model, { t }) => t(titleOf(model)),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { child, yeses, withdrawn } = model
    return (
      <>
        <Heading title={t(titleOf(model))} {...(withdrawn ? { icon: 'check' as const } : {})}>
          <p class="lead">
            {withdrawn
              ? t('guardianYes.doneLead')
              : yeses.length === 0
                ? t('guardianYes.noneLead')
                : t('guardianYes.lead', { child })}
          </p>
        </Heading>
        {yeses.length > 0 && (
          <>
            <SummaryList
              rows={yeses.map(({ purpose, contactChannel }) => ({
                label: purpose,
                value:
                  contactChannel === 'none' ? t('withdrawn.allUse') : t(`contactChannel.${contactChannel}`),
              }))}
            />
            <Form page={page}>
              <Button wide>{t('guardianYes.all')}</Button>
              {yeses.length > 1 &&
                yeses.map(({ name, purpose }) => (
                  <Button key={name} weight="even" wide name="only" value={name}>
                    {t('guardianYes.one', { purpose })}
                  </Button>
                ))}
            </Form>
          </>
        )}
      </>
    )
  },
}

const titleOf = ({ withdrawn, yeses }: GuardianYesModel) =>
  withdrawn ? 'guardianYes.done' : yeses.length === 0 ? 'guardianYes.none' : 'guardianYes.title'
