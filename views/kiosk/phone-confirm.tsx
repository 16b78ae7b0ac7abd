import type { PageContext, View } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { DeclineFirst } from '../parts/decline-first.tsx'
import { FieldError, fieldError } from '../parts/errors.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'

/** Where the kiosk stands, as the house registered it. */
export interface KioskPlace {
  readonly label: string
  readonly store: string
  readonly city?: string | undefined
}

export interface PhoneConfirmModel {
  readonly userCode: string
  readonly place: KioskPlace
  readonly clientName: string
  readonly scopes: readonly ('openid' | 'kiosk')[]
  /** Three, in the order in which they are offered; none is preset. */
  readonly offered: readonly number[]
  readonly startedAt: Date
}

/**
 * Fields: `user_code`, `number`, and the button `decision` = `decline` | `report` | `approve`. The two ways out come first and
 * hold the focus, so that whoever did not ask for this leaves with one press; Enter in the form leaves, too. The yes is as
 * large as they are and comes last, after the number that only the kiosk shows (RFC 10027).
 */
export const PhoneConfirmView: View<PhoneConfirmModel> = {
  id: 'kiosk/phone-confirm',
  title: ({ place }, { t }) => t('phoneConfirm.title', { kiosk: place.label }),
  layout: 'sign-in',
  body: ({ model, page }) => {
    const { t } = page
    const { place } = model
    return (
      <>
        <Heading title={t('phoneConfirm.title', { kiosk: place.label })}>
          <p class="lead" id="only-if">
            {t('phoneConfirm.onlyIf', { kiosk: place.label, store: place.store })}
          </p>
        </Heading>
        <div id="not-if">
          <Notice kind="warning">
            <p>{t('phoneConfirm.notIf')}</p>
          </Notice>
        </div>
        <Form page={page} action="/device/answer">
          <input type="hidden" name="user_code" value={model.userCode} />
          <DeclineFirst decline={t('phoneConfirm.decline')} report={t('phoneConfirm.report')} />
          <SummaryList
            rows={[
              { label: t('phoneConfirm.kiosk'), value: place.label },
              { label: t('phoneConfirm.store'), value: storeOf(place) },
              { label: t('phoneConfirm.since'), value: t('phoneConfirm.at', { at: model.startedAt }) },
              { label: t('phoneConfirm.code'), value: model.userCode },
              // A terminal's client is mostly called what the terminal is; the house says more then.
              {
                label: t('phoneConfirm.application'),
                value: model.clientName === place.label ? page.brand.name : model.clientName,
              },
              {
                label: t('phoneConfirm.may'),
                value: <Values of={model.scopes.map((scope) => t(`phoneConfirm.scope.${scope}`))} />,
              },
            ]}
          />
          <Numbers page={page} offered={model.offered} />
          <Button weight="even" wide name="decision" value="approve">
            {t('phoneConfirm.approve', { kiosk: place.label })}
          </Button>
        </Form>
        <p class="small soft">{t('phoneConfirm.forgets')}</p>
      </>
    )
  },
}

const storeOf = ({ store, city }: KioskPlace) => (city === undefined ? store : `${store} (${city})`)

function Numbers({ page, offered }: { page: PageContext; offered: readonly number[] }) {
  const { t } = page
  const error = fieldError(page, 'number')
  return (
    <fieldset class="stack stack--close">
      <legend>
        <strong>{t('phoneConfirm.whichNumber')}</strong>
      </legend>
      <p class="small soft" id="number-hint">
        {t('phoneConfirm.numberHint')}
      </p>
      <FieldError id="number-error" words={error} />
      <div
        class="yes-no yes-no--three"
        role="radiogroup"
        aria-label={t('phoneConfirm.whichNumber')}
        aria-describedby={error ? 'number-hint number-error' : 'number-hint'}
      >
        {offered.map((number, at) => (
          <label key={number}>
            <input
              type="radio"
              id={at === 0 ? 'number' : `number-${at}`}
              name="number"
              value={String(number)}
            />
            {String(number)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
