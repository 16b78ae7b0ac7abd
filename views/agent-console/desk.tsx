import type { Language, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Radios } from '../parts/radios.tsx'
import { Select } from '../parts/select.tsx'
import { Tag } from '../parts/tag.tsx'
import type { CallAssurance } from './call-frame.tsx'

export interface OwnCall {
  readonly href: string
  readonly reference: string
  readonly openedAt: Date
  readonly assurance: CallAssurance
  /** Set while the line is cut and may still be taken up. */
  readonly resumableUntil?: Date | undefined
}

export interface DeskModel {
  readonly calls: readonly OwnCall[]
  /** Where this agent may sit; asked only where there are several. */
  readonly desks: readonly { readonly id: string; readonly name: string }[]
  readonly typed: {
    readonly ani: string
    readonly language: Language | ''
    readonly desk: string
    /** The telephony system's own id of the call that is to be opened. */
    readonly call?: string
  }
  /** Whether this agent also watches over the others. */
  readonly supervises: boolean
}

/** Fields: `ani`, `language`, `desk`. Where the telephone does not open the page by itself, this does. */
export const DeskView: View<DeskModel> = {
  id: 'agent-console/desk',
  title: (_, { t }) => t('calls.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <>
        <Heading title={t('calls.title')}>
          <p class="lead">{t('calls.lead')}</p>
        </Heading>
        {model.calls.length === 0 && (
          <EmptyState icon="clock" title={t('calls.none')}>
            <p>{t('calls.noneAbout')}</p>
          </EmptyState>
        )}
        {model.calls.map((call) => (
          <Card
            key={call.reference}
            id={`call-${call.reference}`}
            title={call.reference}
            head={<Tag>{t(`calls.assurance.${call.assurance}`)}</Tag>}
          >
            <p class="soft">{t('calls.openedAt', { at: call.openedAt })}</p>
            {call.resumableUntil === undefined ? (
              <div class="actions">
                <ButtonLink weight="even" href={call.href}>
                  {t('calls.goOn')}
                  <span class="visually-hidden"> {call.reference}</span>
                </ButtonLink>
              </div>
            ) : (
              <Form page={page} action={`${call.href}/resume`}>
                <p>{t('calls.resumable', { until: call.resumableUntil })}</p>
                <Button weight="even">
                  {t('calls.resume')}
                  <span class="visually-hidden"> {call.reference}</span>
                </Button>
              </Form>
            )}
          </Card>
        ))}
        <Card id="open" title={t('calls.open')}>
          <Form page={page} action="/staff/calls">
            {model.typed.call && <input type="hidden" name="call" value={model.typed.call} />}
            <TextInput
              page={page}
              name="ani"
              type="tel"
              label={t('calls.ani')}
              hint={t('calls.aniHint')}
              value={model.typed.ani}
              autocomplete="off"
              optional
            />
            <Radios
              page={page}
              name="language"
              label={t('calls.language')}
              options={(['es', 'en'] as const).map((value) => ({
                value,
                words: t(`calls.language.${value}`),
              }))}
              value={model.typed.language}
            />
            {model.desks.length > 1 && (
              <Select
                page={page}
                name="desk"
                label={t('calls.desk')}
                none={t('calls.chooseDesk')}
                options={model.desks.map(({ id, name }) => ({ value: id, words: name }))}
                value={model.typed.desk}
              />
            )}
            <Button>{t('calls.openNow')}</Button>
          </Form>
        </Card>
        {model.supervises && (
          <ButtonLink weight="quiet" href="/staff/calls/live">
            {t('calls.live')}
          </ButtonLink>
        )}
      </>
    )
  },
}
