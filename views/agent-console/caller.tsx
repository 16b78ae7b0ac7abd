import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Select } from '../parts/select.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import { CallFrame, type CallHead, CallTools } from './call-frame.tsx'

/** One datum of the caller. What the page holds is what was masked on the server: the whole value is not in it. */
export interface CallerField {
  readonly attribute: string
  readonly label: string
  readonly masked: string
  /** Whole, for the seconds it may be read; only on the page that answers the reason given for it. */
  readonly shown?: string | undefined
}

export interface CallerModel {
  readonly head: CallHead
  readonly name: string
  readonly reason: string
  readonly fields: readonly CallerField[]
  /** Data that this proof does not open, with what would. */
  readonly closed: readonly string[]
  readonly typed: { readonly attribute: string; readonly why: string }
  readonly shownSeconds: number
  /** What may be done beside reading; some of it is blocked for some callers. */
  readonly tasks: readonly ('choices' | 'take-back' | 'request')[]
}

function Fields({ page, model }: { page: PageContext; model: CallerModel }) {
  const { t } = page
  const { fields, closed, head } = model
  return (
    <Card
      id="fields"
      title={t('calls.fields')}
      head={<span class="small soft mono">{t('calls.seenBy', { agent: head.agentReference })}</span>}
    >
      <SummaryList
        rows={fields.map(({ label, masked, shown }) => ({
          label,
          value:
            shown === undefined ? (
              <span class="masked">{masked}</span>
            ) : (
              <span data-masks-again={String(model.shownSeconds)} data-masked={masked} role="status">
                <strong>{shown}</strong>{' '}
                <span class="small soft">{t('calls.masksAgain', { seconds: model.shownSeconds })}</span>
              </span>
            ),
        }))}
      />
      {fields.length === 0 && <p>{t('calls.noFields')}</p>}
      {closed.length > 0 && <p class="soft">{t('calls.closedFields', { fields: closed.join(', ') })}</p>}
      {fields.length > 0 && (
        <Form page={page} action={`${head.href}/unmask`}>
          <Select
            page={page}
            name="attribute"
            label={t('calls.unmask.which')}
            none={t('calls.unmask.choose')}
            options={fields.map(({ attribute, label }) => ({ value: attribute, words: label }))}
            value={model.typed.attribute}
          />
          <TextInput
            page={page}
            name="why"
            label={t('calls.unmask.why')}
            hint={t('calls.unmask.hint')}
            value={model.typed.why}
            autocomplete="off"
          />
          <Button weight="even">{t('calls.unmask.show', { seconds: model.shownSeconds })}</Button>
        </Form>
      )}
    </Card>
  )
}

/** Fields: `attribute`, `why`. Shown after a proof, and to no more than this proof opens. */
export const CallerView: View<CallerModel> = {
  id: 'agent-console/caller',
  title: (_, { t }) => t('calls.caller.title'),
  layout: 'staff',
  wide: true,
  modules: ['calls'],
  // Without script nothing on the page can mask itself: the page is asked for anew, and comes masked.
  looksAgain: ({ fields, head, shownSeconds }) =>
    fields.some(({ shown }) => shown !== undefined) ? { href: head.href, seconds: shownSeconds } : undefined,
  body: ({ model, page }) => {
    const { t } = page
    const { head } = model
    return (
      <CallFrame
        page={page}
        head={head}
        title={t('calls.caller.title')}
        lead={t('calls.caller.lead', { name: model.name, reason: model.reason })}
      >
        <Fields page={page} model={model} />
        <Card id="tasks" title={t('calls.tasks')}>
          {model.tasks.length === 0 && <p>{t('calls.noTasks')}</p>}
          {model.tasks.map((task) => (
            <div key={task} class="stack stack--close">
              <p>{t(`calls.task.${task}.about`)}</p>
              <ButtonLink weight="even" href={`${head.href}/${task === 'request' ? 'request' : 'choices'}`}>
                {t(`calls.task.${task}`)}
              </ButtonLink>
            </div>
          ))}
        </Card>
        <CallTools page={page} head={head} />
      </CallFrame>
    )
  },
}
