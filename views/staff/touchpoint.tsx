import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'
import { PlaceInputs, type PlaceKind } from './touchpoints.tsx'

export interface TouchpointModel {
  readonly id: string
  readonly name: string
  readonly kind: PlaceKind
  readonly open: boolean
  /** Names from the brand down to what it lies in. */
  readonly within: readonly string[]
  readonly city?: string | undefined
  readonly country?: string | undefined
  /** Its own, or those of its store. */
  readonly networks: readonly string[]
  readonly terminal?:
    | {
        readonly state: 'waiting' | 'enrolled' | 'revoked'
        readonly enrolledAt?: Date | undefined
        readonly revokedAt?: Date | undefined
        readonly keyThumbprint?: string | undefined
      }
    | undefined
  /** Shown once, right after it was made. */
  readonly code?: { readonly text: string; readonly expiresAt: Date } | undefined
  readonly listHref: string
  /** Each undefined for who may not. */
  readonly change?:
    | {
        readonly action: string
        readonly fields: {
          readonly name: string
          readonly city: string
          readonly country: string
          readonly networks: string
        }
      }
    | undefined
  readonly codeAction?: string | undefined
  readonly revokeAction?: string | undefined
  readonly closeAction?: string | undefined
}

function Code({ page, code }: { page: PageContext; code: NonNullable<TouchpointModel['code']> }) {
  const { t } = page
  return (
    <section class="paper" aria-labelledby="code">
      <h2 id="code">{t('touchpoint.code.title')}</h2>
      <p class="big-code">{code.text}</p>
      <p>{t('touchpoint.code.once', { until: code.expiresAt })}</p>
    </section>
  )
}

/** An act that cannot be taken back, with its reason. */
function WithReason(props: {
  page: PageContext
  name: 'revoke' | 'close'
  action: string
  about: string
  words: string
}) {
  const { page, name, action, about, words } = props
  return (
    <section class="stack" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{words}</h2>
      <Form page={page} action={action}>
        <p>{about}</p>
        <TextInput
          page={page}
          name={`${name}_reason`}
          label={page.t('touchpoint.reason')}
          hint={page.t('touchpoint.reasonHint')}
          autocomplete="off"
        />
        <Button weight="even" wide>
          {words}
        </Button>
      </Form>
    </section>
  )
}

/** One place: what it is, and what this person may do about it. */
export const TouchpointView: View<TouchpointModel> = {
  id: 'staff/touchpoint',
  title: (model) => model.name,
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { terminal } = model
    return (
      <>
        <BackLink href={model.listHref} words={t('touchpoint.title')} />
        <Heading title={model.name}>
          <p class="lead">{[t(`touchpoint.kind.${model.kind}`), ...model.within].join(' · ')}</p>
        </Heading>
        {model.code !== undefined && <Code page={page} code={model.code} />}
        {!model.open && (
          <Notice kind="warning">
            <p>{t('touchpoint.closedAbout')}</p>
          </Notice>
        )}
        <SummaryList
          rows={[
            { label: t('touchpoint.id'), value: <span class="mono">{model.id}</span> },
            ...(model.city === undefined ? [] : [{ label: t('touchpoint.city'), value: model.city }]),
            ...(model.country === undefined
              ? []
              : [{ label: t('touchpoint.country'), value: model.country }]),
            {
              label: t('touchpoint.networks'),
              value: model.networks.length > 0 ? <Values of={model.networks} /> : t('touchpoint.anyNetwork'),
            },
            ...(terminal === undefined
              ? []
              : [{ label: t('touchpoint.state'), value: t(`touchpoint.terminal.${terminal.state}`) }]),
            ...(terminal?.enrolledAt === undefined
              ? []
              : [
                  { label: t('touchpoint.enrolledAt'), value: t('page.moment', { at: terminal.enrolledAt }) },
                ]),
            ...(terminal?.revokedAt === undefined
              ? []
              : [{ label: t('touchpoint.revokedAt'), value: t('page.moment', { at: terminal.revokedAt }) }]),
            ...(terminal?.keyThumbprint === undefined
              ? []
              : [{ label: t('touchpoint.key'), value: <span class="mono">{terminal.keyThumbprint}</span> }]),
          ]}
        />
        {model.codeAction !== undefined && (
          <Form page={page} action={model.codeAction}>
            <p>{t('touchpoint.code.about')}</p>
            <Button wide>{t('touchpoint.code.make')}</Button>
          </Form>
        )}
        {model.change !== undefined && (
          <section class="stack" aria-labelledby="change">
            <h2 id="change">{t('touchpoint.change')}</h2>
            <Form page={page} action={model.change.action}>
              <TextInput
                page={page}
                name="name"
                label={t('touchpoint.name')}
                autocomplete="off"
                value={model.change.fields.name}
              />
              <PlaceInputs page={page} fields={model.change.fields} />
              <Button weight="even" wide>
                {t('touchpoint.save')}
              </Button>
            </Form>
          </section>
        )}
        {model.revokeAction !== undefined && (
          <WithReason
            page={page}
            name="revoke"
            action={model.revokeAction}
            about={t(terminal === undefined ? 'touchpoint.revokeAllAbout' : 'touchpoint.revokeAbout')}
            words={t(terminal === undefined ? 'touchpoint.revokeAll' : 'touchpoint.revoke')}
          />
        )}
        {model.closeAction !== undefined && (
          <WithReason
            page={page}
            name="close"
            action={model.closeAction}
            about={t('touchpoint.closeAbout')}
            words={t('touchpoint.close')}
          />
        )}
      </>
    )
  },
}
