import type { PageContext } from '../page-context.ts'
import { Form } from '../parts/form.tsx'

/**
 * Without a smartphone: the number on a loyalty card, and a code that goes to what its owner registered. The words are the
 * same for every number, and nothing of an address or a telephone is shown: others look on, and not every number is a card.
 */
export function EnterCard({ page }: { page: PageContext }) {
  const { t } = page
  return (
    <>
      <p class="lead">{t('kiosk.card.lead')}</p>
      <Form page={page} action="/kiosk/card/code" class="stack" id="card-form">
        <Typed page={page} id="card-number" label={t('kiosk.card.label')} keyboard />
        <NumberPad page={page} into="card-number" />
        <Wrong page={page} kinds={['busy', 'unreachable']} />
        <button type="submit" class="button button--main button--wide">
          {t('kiosk.card.go')}
        </button>
      </Form>
      <LeaveCard page={page} />
    </>
  )
}

export function EnterCardCode({ page }: { page: PageContext }) {
  const { t } = page
  return (
    <>
      <p class="lead">{t('kiosk.card-code.lead')}</p>
      <Form page={page} action="/kiosk/card" class="stack" id="card-code-form">
        <Typed page={page} id="card-code" label={t('kiosk.card-code.label')} />
        <NumberPad page={page} into="card-code" />
        <Wrong page={page} kinds={['wrong', 'busy', 'unreachable']} />
        <button type="submit" class="button button--main button--wide">
          {t('kiosk.card-code.go')}
        </button>
      </Form>
      <p>{t('kiosk.card-code.notArrived')}</p>
      <LeaveCard page={page} />
    </>
  )
}

function Typed(props: { page: PageContext; id: string; label: string; keyboard?: boolean }) {
  const { id, label, keyboard = false } = props
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <input
        class="input kiosk__typed"
        type="text"
        id={id}
        name={id}
        autocomplete="off"
        spellcheck={false}
        maxlength={keyboard ? 64 : 12}
        aria-required="true"
        aria-describedby={`${id}-told`}
        {...(keyboard ? {} : { inputmode: 'none' })}
      />
      <p class="field__hint" id={`${id}-told`}>
        {props.page.t(keyboard ? 'kiosk.card.hint' : 'kiosk.card-code.hint')}
      </p>
    </div>
  )
}

/** For screens without keys. The field takes a scanner and a keyboard as well. */
function NumberPad({ page, into }: { page: PageContext; into: string }) {
  const { t } = page
  return (
    <fieldset class="kiosk__keys" data-keys={into}>
      <legend class="visually-hidden">{t('kiosk.keys')}</legend>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
        <Key key={digit} digit={digit} />
      ))}
      <button type="button" class="button button--even" data-key="clear">
        {t('kiosk.keys.clear')}
      </button>
      <Key digit="0" />
      <button type="button" class="button button--even" data-key="back">
        {t('kiosk.keys.back')}
      </button>
    </fieldset>
  )
}

const Key = ({ digit }: { digit: string }) => (
  <button type="button" class="button button--even" data-key={digit}>
    {digit}
  </button>
)

function Wrong({ page, kinds }: { page: PageContext; kinds: readonly ('wrong' | 'busy' | 'unreachable')[] }) {
  return (
    <div role="alert">
      {kinds.map((kind) => (
        <p key={kind} class="field__error" data-card-told={kind} hidden>
          {page.t(`kiosk.card.${kind}`)}
        </p>
      ))}
    </div>
  )
}

const LeaveCard = ({ page }: { page: PageContext }) => (
  <div class="kiosk__time">
    <progress class="kiosk__bar" data-card-bar max="120" value="120" aria-label={page.t('kiosk.code.time')} />
    <div class="actions">
      <button type="button" class="button button--even" data-card-press="more">
        {page.t('kiosk.code.more')}
      </button>
      <button type="button" class="button button--even" data-press="stop">
        {page.t('kiosk.code.stop')}
      </button>
    </div>
  </div>
)
