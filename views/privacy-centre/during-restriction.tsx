import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import type { PurposeChoice } from '../parts/choice.tsx'
import { Form } from '../parts/form.tsx'

/** One use that a restriction keeps from happening, which the person may allow all the same (GDPR 18(2)). */
export interface RestrictedUseModel {
  /** Purpose and contact channel, as the fields of the form name them. */
  readonly key: string
  readonly title: string
  readonly contactChannel: ContactChannel
  readonly notice: PurposeChoice['notice']
  readonly summary: string
  readonly action: string
  readonly allowedAt?: Date
}

/**
 * Nothing is allowed by leaving it alone: each use has one button of its own, and the button that takes it back has the same
 * weight and stands in the same place.
 */
export function DuringRestriction({
  page,
  uses,
}: {
  page: PageContext
  uses: readonly RestrictedUseModel[]
}) {
  const { t } = page
  if (uses.length === 0) return null
  return (
    <section class="stack" aria-labelledby="during-restriction">
      <h2 id="during-restriction">{t('duringRestriction.title')}</h2>
      <p>{t('duringRestriction.lead')}</p>
      {uses.map(({ key, title, contactChannel, notice, summary, action, allowedAt }) => (
        <Card
          key={key}
          id={`during-${key.replaceAll('.', '-')}`}
          title={contactChannel === 'none' ? title : `${title} · ${t(`contactChannel.${contactChannel}`)}`}
          level={3}
        >
          <p>{summary}</p>
          <p>
            {allowedAt
              ? t('duringRestriction.allowed', { at: allowedAt })
              : t('duringRestriction.notAllowed')}
          </p>
          <Form page={page} action={action}>
            <input
              type="hidden"
              name={`shown.${key}`}
              value={`${notice.id}|${notice.version}|${notice.language}|${notice.hash}`}
            />
            <Button weight="even" name={`choice.${key}`} value={allowedAt ? 'no' : 'yes'}>
              {t(allowedAt ? 'duringRestriction.takeBack' : 'duringRestriction.allow')}
              <span class="visually-hidden"> {title}</span>
            </Button>
          </Form>
        </Card>
      ))}
    </section>
  )
}
