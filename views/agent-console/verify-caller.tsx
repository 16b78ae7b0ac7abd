import type { ComponentChildren } from 'preact'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { CodeInput } from '../parts/code-input.tsx'
import { TextInput } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Radios } from '../parts/radios.tsx'
import { Tag } from '../parts/tag.tsx'
import { asSpoken, CallFrame, type CallHead, CallTools, ReadAloud } from './call-frame.tsx'

/** A rung of the ladder, and how it stands in this call. */
export interface RungModel {
  /** `offered`: may be tried; `begun`: waits for the caller; `missed`: tried in vain; `absent`: this person has no such way. */
  readonly state: 'offered' | 'begun' | 'missed' | 'absent'
}

export interface ContactModel {
  readonly key: string
  /** Masked, as `···· 678`. */
  readonly shown: string
}

export interface VerifyCallerModel {
  readonly head: CallHead
  readonly name: string
  readonly failedChecks: number
  /** A request can be made by anybody; who they are is looked at before it is answered. */
  readonly mayRequest: boolean
  readonly ownDevice: RungModel & { readonly missedBecause?: 'declined' | 'expired' | undefined }
  readonly code: RungModel & {
    readonly to: readonly ContactModel[]
    readonly chosen: string
  }
  readonly callBack: RungModel & {
    readonly numbers: readonly ContactModel[]
    readonly chosen: string
    /** Whole, on the page that answers the plan and on no other. */
    readonly dial?: string | undefined
    readonly secondCall: string
  }
}

function Rung(props: {
  page: PageContext
  id: 'own-device' | 'code' | 'call-back'
  rung: RungModel
  children: ComponentChildren
}) {
  const { page, id, rung, children } = props
  const { t } = page
  return (
    <li class={`rung rung--${rung.state}`}>
      <section aria-labelledby={`rung-${id}`} class="stack stack--close">
        <div class="card__head">
          <h2 id={`rung-${id}`}>{t(`calls.rung.${id}`)}</h2>
          <Tag>{t(`calls.rungState.${rung.state}`)}</Tag>
        </div>
        <p class="soft">
          {t(rung.state === 'absent' ? `calls.rung.${id}.absent` : `calls.rung.${id}.about`)}
        </p>
        {rung.state !== 'absent' && children}
      </section>
    </li>
  )
}

function OwnDevice({ page, model }: { page: PageContext; model: VerifyCallerModel }) {
  const { head, ownDevice } = model
  const { t } = page
  return (
    <Rung page={page} id="own-device" rung={ownDevice}>
      {ownDevice.missedBecause && <p>{t(`calls.ownDevice.${ownDevice.missedBecause}`)}</p>}
      {ownDevice.state === 'begun' ? (
        <ButtonLink href={`${head.href}/waiting`}>{t('calls.ownDevice.wait')}</ButtonLink>
      ) : (
        <Form page={page} action={`${head.href}/own-device`}>
          <Button>{t(ownDevice.state === 'missed' ? 'calls.ownDevice.again' : 'calls.ownDevice.ask')}</Button>
        </Form>
      )}
    </Rung>
  )
}

function Code({ page, model }: { page: PageContext; model: VerifyCallerModel }) {
  const { head, code } = model
  const { t } = page
  return (
    <Rung page={page} id="code" rung={code}>
      {code.state === 'begun' && (
        <>
          <ReadAloud page={page} language={head.language}>
            <p>{asSpoken(page, head.language).t('calls.say.readCode')}</p>
          </ReadAloud>
          <Form page={page} action={`${head.href}/code/check`}>
            <CodeInput
              page={page}
              name="code"
              label={t('calls.code.field')}
              hint={t('calls.code.hint')}
              length={6}
            />
            <Button weight="even">{t('calls.code.check')}</Button>
          </Form>
        </>
      )}
      <Form page={page} action={`${head.href}/code`}>
        <Radios
          page={page}
          name="code_to"
          label={t('calls.code.to')}
          options={code.to.map(({ key, shown }) => ({ value: key, words: shown }))}
          value={code.chosen}
        />
        <Button weight={code.state === 'begun' ? 'quiet' : 'even'}>
          {t(code.state === 'begun' ? 'calls.code.sendAnother' : 'calls.code.send')}
        </Button>
      </Form>
    </Rung>
  )
}

function CallBack({ page, model }: { page: PageContext; model: VerifyCallerModel }) {
  const { head, callBack } = model
  const { t } = page
  return (
    <Rung page={page} id="call-back" rung={callBack}>
      {callBack.state === 'begun' && (
        <Form page={page} action={`${head.href}/call-back/confirm`}>
          <p>
            {callBack.dial === undefined ? (
              t('calls.callBack.planned')
            ) : (
              <>
                {t('calls.callBack.ring')} <strong class="mono">{callBack.dial}</strong>
              </>
            )}
          </p>
          <TextInput
            page={page}
            name="second_call"
            label={t('calls.callBack.secondCall')}
            hint={t('calls.callBack.secondCallHint')}
            value={callBack.secondCall}
            autocomplete="off"
            spellcheck={false}
          />
          <div class="pair">
            {(['yes', 'no'] as const).map((value) => (
              <div key={value}>
                <Button weight="even" name="answered" value={value}>
                  {t(`calls.callBack.answered.${value}`)}
                </Button>
              </div>
            ))}
          </div>
        </Form>
      )}
      {callBack.state !== 'begun' && (
        <ReadAloud page={page} language={head.language}>
          <p>{asSpoken(page, head.language).t('calls.say.callBack')}</p>
        </ReadAloud>
      )}
      <Form page={page} action={`${head.href}/call-back`}>
        <Radios
          page={page}
          name="number"
          label={t('calls.callBack.number')}
          options={callBack.numbers.map(({ key, shown }) => ({ value: key, words: shown }))}
          value={callBack.chosen}
        />
        <Button weight={callBack.state === 'begun' ? 'quiet' : 'even'}>{t('calls.callBack.plan')}</Button>
      </Form>
    </Rung>
  )
}

/**
 * The ladder, strongest rung on top. Every rung is something the caller has; none is something they know about themselves,
 * because that is what a stranger finds out first.
 */
export const VerifyCallerView: View<VerifyCallerModel> = {
  id: 'agent-console/verify-caller',
  title: (_, { t }) => t('calls.verify.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    return (
      <CallFrame
        page={page}
        head={model.head}
        title={t('calls.verify.title')}
        lead={t('calls.verify.lead', { name: model.name })}
      >
        {model.failedChecks > 0 && <p role="status">{t('calls.oneLeft')}</p>}
        <ol class="ladder">
          <OwnDevice page={page} model={model} />
          <Code page={page} model={model} />
          <CallBack page={page} model={model} />
        </ol>
        <p class="small soft">{t('calls.noQuestions')}</p>
        <div class="actions">
          <ButtonLink weight="quiet" href={`${model.head.href}?find=1`}>
            {t('calls.otherRecord')}
          </ButtonLink>
          <ButtonLink weight="quiet" href={`${model.head.href}/choices`}>
            {t('calls.takeBack')}
          </ButtonLink>
          {model.mayRequest && (
            <ButtonLink weight="quiet" href={`${model.head.href}/request`}>
              {t('calls.task.request')}
            </ButtonLink>
          )}
        </div>
        <CallTools page={page} head={model.head} />
      </CallFrame>
    )
  },
}
