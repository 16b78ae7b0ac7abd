import { h } from 'preact'
import type { Assurance } from '../../src/kernel/actor.ts'
import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { Button, ButtonLink } from '../parts/button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Field, TextInput } from '../parts/field.tsx'
import { Form, Token } from '../parts/form.tsx'
import { Heading } from '../parts/heading.tsx'
import { Notice } from '../parts/notice.tsx'
import { SummaryList } from '../parts/summary-list.tsx'
import type { VerdictModel } from '../verifier/verdict.tsx'
import { countsRows, stateWords } from '../verifier/verify-words.ts'
import type { ToldParticular } from './told-particulars.ts'

export interface ProofFields {
  readonly receipt: string
  readonly email: string
  readonly purpose: string
  readonly contact_channel: string
  readonly day: string
  readonly reason: string
}

export interface ProvenActModel {
  readonly recordId: string
  readonly receiptId: string
  readonly state: string
  /** A yes that a system reported, without anything of the person's own. */
  readonly claimed: boolean
  readonly at: Date
  /** When it came in, where it was told later than it was. */
  readonly receivedAt?: Date | undefined
  /** What a system told of it, as it was sealed. */
  readonly told?: readonly { readonly name: ToldParticular; readonly value: string }[]
  readonly purpose: string
  /** Undefined where nobody is contacted. */
  readonly contactChannel: Exclude<ContactChannel, 'none'> | undefined
  readonly wording: string
  readonly notice: { readonly id: string; readonly language: string; readonly hash: string }
  readonly channel: Channel
  readonly surface: string
  readonly touchpoint?: string | undefined
  readonly by: 'subject' | 'guardian' | 'representative' | 'agent' | 'controller' | 'system'
  readonly assurance: Assurance
  readonly control: 'unticked' | 'none'
  readonly network: string
  readonly place?: { readonly log: string; readonly seq: number } | undefined
  readonly verdict: VerdictModel
}

export interface ProofModel {
  readonly fields: ProofFields
  readonly purposes: readonly { readonly id: string; readonly title: string }[]
  readonly contactChannels: readonly Exclude<ContactChannel, 'none'>[]
  /** The last proof of the whole log, which all others rest on; undefined while there was none. */
  readonly ledger?: { readonly at: Date; readonly faults: number } | undefined
  /** Undefined before the first search. */
  readonly found?:
    | {
        readonly stoodBefore: boolean
        readonly stood: readonly StoodModel[]
        /** Acts of the receipt asked for of which nothing is kept any more. */
        readonly erased?: number
        /** Acts of the days before that were done again in the very same way, and are not proven. */
        readonly repeated?: number
        /** Where the next page continues. */
        readonly next?: string | undefined
        readonly acts: readonly ProvenActModel[]
      }
    | undefined
}

/** How a key stood at the end of the day: a yes that something speaks against is none. */
export interface StoodModel {
  readonly brand: string
  readonly contactChannel: ContactChannel
  readonly as: 'yes' | 'no' | 'objected' | 'restricted' | 'ended' | 'pending' | 'nothing'
}

function StoodThen({ page, stood }: { page: PageContext; stood: readonly StoodModel[] }) {
  const { t } = page
  const brands = new Set(stood.map(({ brand }) => brand))
  return (
    <section aria-labelledby="stood">
      <h2 id="stood">{t('proof.stood')}</h2>
      <SummaryList
        rows={stood.map(({ brand, contactChannel, as }) => ({
          label: [
            contactChannel === 'none' ? t('proof.stood.use') : t(`contactChannel.${contactChannel}`),
            ...(brands.size > 1 ? [brand === '*' ? t('proof.stood.allBrands') : brand] : []),
          ].join(', '),
          value: t(`proof.stood.${as}`),
        }))}
      />
    </section>
  )
}

function Choice(props: {
  page: PageContext
  name: 'purpose' | 'contact_channel'
  label: string
  none: string
  chosen: string
  options: readonly { readonly id: string; readonly title: string }[]
}) {
  return (
    <Field page={props.page} name={props.name} label={props.label}>
      {(control) =>
        h(
          'select',
          { ...control, class: 'input' },
          <option value="">{props.none}</option>,
          props.options.map(({ id, title }) => (
            <option key={id} value={id} selected={id === props.chosen}>
              {title}
            </option>
          )),
        )
      }
    </Field>
  )
}

function LedgerLine({ page, ledger }: { page: PageContext; ledger: ProofModel['ledger'] }) {
  const { t } = page
  if (ledger === undefined) return <p class="hint">{t('proof.ledger.never')}</p>
  const at = t('page.moment', { at: ledger.at })
  if (ledger.faults === 0) return <p class="hint">{t('proof.ledger.intact', { at })}</p>
  return (
    <Notice kind="warning">
      <p>{t('proof.ledger.fault', { at, count: ledger.faults })}</p>
    </Notice>
  )
}

function SearchForm({ page, model }: { page: PageContext; model: ProofModel }) {
  const { t } = page
  const { fields } = model
  const plain = { page, autocomplete: 'off', spellcheck: false } as const
  return (
    <Form page={page} action="/staff/proof">
      <TextInput {...plain} name="receipt" label={t('proof.receipt')} value={fields.receipt} optional />
      <h2>{t('proof.or')}</h2>
      <TextInput
        {...plain}
        name="email"
        label={t('proof.email')}
        type="email"
        value={fields.email}
        optional
      />
      <Choice
        page={page}
        name="purpose"
        label={t('proof.purpose')}
        none={t('proof.anyPurpose')}
        chosen={fields.purpose}
        options={model.purposes}
      />
      <Choice
        page={page}
        name="contact_channel"
        label={t('proof.contactChannel')}
        none={t('proof.anyChannel')}
        chosen={fields.contact_channel}
        options={model.contactChannels.map((id) => ({ id, title: t(`contactChannel.${id}`) }))}
      />
      <TextInput {...plain} name="day" label={t('proof.day')} type="date" value={fields.day} optional />
      <TextInput
        {...plain}
        name="reason"
        label={t('proof.reason')}
        hint={t('proof.reasonHint')}
        value={fields.reason}
      />
      <Button wide>{t('proof.search')}</Button>
    </Form>
  )
}

/** Words for what has some; what was told otherwise stands as it was told. */
function toldValue({ t }: PageContext, { name, value }: { name: ToldParticular; value: string }) {
  if (name === 'operator_present' && (value === 'true' || value === 'false')) return t(`proof.told.${value}`)
  if (name === 'device_key' && (value === 'verified' || value === 'none' || value === 'refused'))
    return t(`proof.told.${value}`)
  return <span class="mono">{value}</span>
}

function Act({ page, act, reason }: { page: PageContext; act: ProvenActModel; reason: string }) {
  const { t } = page
  const { verdict, notice, place } = act
  const checked = verdict.entries.find(({ recordId }) => recordId === act.recordId)
  return (
    <article class="paper" aria-labelledby={`act-${act.recordId}`}>
      <h2 id={`act-${act.recordId}`}>
        {stateWords(t, act)}: {act.purpose}
      </h2>
      <blockquote
        class="paper__words"
        {...(notice.language === page.language ? {} : { lang: notice.language })}
      >
        {act.wording}
      </blockquote>
      <SummaryList
        rows={[
          { label: t('proof.when'), value: t('page.moment', { at: act.at }) },
          ...(act.receivedAt === undefined
            ? []
            : [{ label: t('proof.receivedAt'), value: t('page.moment', { at: act.receivedAt }) }]),
          ...(act.contactChannel === undefined
            ? []
            : [{ label: t('proof.contactChannel'), value: t(`contactChannel.${act.contactChannel}`) }]),
          {
            label: t('proof.where'),
            value: [t(`channel.${act.channel}`), act.touchpoint, act.surface].filter(Boolean).join(', '),
          },
          { label: t('proof.who'), value: t(`proof.by.${act.by}`) },
          { label: t('proof.assurance'), value: t(`proof.assurance.${act.assurance}`) },
          { label: t('proof.control'), value: t(`proof.control.${act.control}`) },
          ...(act.network === '' ? [] : [{ label: t('proof.network'), value: act.network }]),
          ...(act.told ?? []).map((one) => ({
            label: t(`proof.told.${one.name}`),
            value: toldValue(page, one),
          })),
          { label: t('receipt.notice'), value: `${notice.id}, ${notice.language}` },
          { label: t('receipt.hash'), value: <span class="mono">{notice.hash}</span> },
          { label: t('proof.receiptId'), value: <span class="mono">{act.receiptId}</span> },
          ...(place === undefined
            ? []
            : [{ label: t('proof.place'), value: t('proof.placeOf', { log: place.log, seq: place.seq }) }]),
          { label: t('verify.signature'), value: t(`verify.signature.${verdict.signature}`) },
          { label: t('verify.checkpoint'), value: t(`verify.checkpoint.${verdict.checkpoint}`) },
          ...(checked === undefined
            ? []
            : [
                ...countsRows(t, checked),
                { label: t('verify.words'), value: t(`verify.words.${checked.words}`) },
                { label: t('verify.logged'), value: t(`verify.logged.${checked.logged}`) },
                { label: t('verify.opened'), value: t(`verify.opened.${checked.opened}`) },
              ]),
        ]}
      />
      <Notice kind={verdict.outcome === 'genuine' ? 'success' : 'warning'}>
        <p>{t(`verify.outcome.${verdict.outcome}`)}</p>
      </Notice>
      <form class="actions" method="post" action="/staff/proof/file" novalidate>
        <Token page={page} />
        <input type="hidden" name="receipt" value={act.receiptId} />
        <input type="hidden" name="record" value={act.recordId} />
        <input type="hidden" name="reason" value={reason} />
        <Button weight="even" icon="download">
          {t('proof.download')}
        </Button>
      </form>
    </article>
  )
}

/** The same search again, from where this page ended: asked and recorded like the first. */
function Earlier({ page, fields, next }: { page: PageContext; fields: ProofFields; next: string }) {
  return (
    <form class="actions" method="post" action="/staff/proof" novalidate>
      <Token page={page} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="before" value={next} />
      <Button weight="even">{page.t('proof.earlier')}</Button>
    </form>
  )
}

/** "Prove that Ana agreed to e-mail on 3 March": the answer on one page, and in one file. */
export const ProofView: View<ProofModel> = {
  id: 'staff/proof',
  title: (_, { t }) => t('proof.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const { found } = model
    return (
      <>
        <Heading title={t('proof.title')}>
          <p class="lead">{t('proof.lead')}</p>
        </Heading>
        {found?.erased !== undefined && found.erased > 0 && (
          <Notice kind="info">
            <p>{t('proof.erased', { count: found.erased })}</p>
          </Notice>
        )}
        {found?.acts.length === 0 && !found.erased && (
          <EmptyState icon="info" title={t('proof.none')}>
            <p>{t('proof.noneAbout')}</p>
          </EmptyState>
        )}
        {found?.stoodBefore && (
          <Notice kind="info">
            <p>{t('proof.stoodBefore')}</p>
          </Notice>
        )}
        {found !== undefined && found.stood.length > 0 && <StoodThen page={page} stood={found.stood} />}
        {found?.acts.map((act) => (
          <Act key={act.recordId} page={page} act={act} reason={model.fields.reason} />
        ))}
        {found?.repeated !== undefined && found.repeated > 0 && (
          <p class="hint">{t('proof.repeated', { count: found.repeated })}</p>
        )}
        {found?.next !== undefined && <Earlier page={page} fields={model.fields} next={found.next} />}
        <SearchForm page={page} model={model} />
        <LedgerLine page={page} ledger={model.ledger} />
        <ButtonLink weight="quiet" href="/verify">
          {t('proof.verify')}
        </ButtonLink>
      </>
    )
  },
}
