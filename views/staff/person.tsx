import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext, View } from '../page-context.ts'
import { BackLink } from '../parts/back-link.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Heading } from '../parts/heading.tsx'
import { SummaryList, Values } from '../parts/summary-list.tsx'
import { Table } from '../parts/table.tsx'
import { Tag } from '../parts/tag.tsx'
import { PersonActs, type PersonActsModel } from './person-acts.tsx'

export type AnswerState =
  | 'UNKNOWN'
  | 'REQUESTED'
  | 'DEFERRED'
  | 'PENDING_DOI'
  | 'PENDING_GUARDIAN'
  | 'GIVEN'
  | 'RENEWED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'REVOKED'
  | 'INVALIDATED'
  | 'SUPERSEDED'
  | 'EXPIRED'
  /** Rests on a legitimate interest, so nobody was asked. */
  | 'INTEREST'

export interface AnswerModel {
  readonly id: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
  readonly state: AnswerState
  readonly since: Date | undefined
  readonly permitted: boolean
  readonly explainHref: string
}

export interface RestrictionModel {
  readonly id: string
  readonly about: readonly string[]
  readonly since: Date
  readonly days: number
  /** Uses the person agreed to while they knew of it (Art. 18(2)). */
  readonly agreed: readonly string[]
  /** The notice of Art. 18(3), where it was given. */
  readonly told: { readonly at: Date; readonly liftableFrom: Date; readonly over: boolean } | undefined
}

export interface SuppressionModel {
  readonly id: string
  readonly contactChannel: ContactChannel | '*'
  readonly oneAddress: boolean
  readonly because: 'complaint' | 'hard_bounce' | 'court'
  readonly since: Date | undefined
}

export interface PersonModel extends PersonActsModel {
  readonly subjectId: string
  readonly state: 'active' | 'blocked' | 'erased'
  readonly since: Date
  /** Where the law that applies is from; undefined where that is not known and the strictest does. */
  readonly jurisdiction: string | undefined
  readonly language: string
  /** Until when the visit stays open. */
  readonly until: Date
  readonly answers: readonly AnswerModel[]
  readonly objections: readonly {
    readonly id: string
    readonly about: string
    readonly at: Date
    readonly state: 'absolute' | 'standing' | 'overridden'
    readonly overriddenAt: Date | undefined
  }[]
  readonly restrictions: readonly RestrictionModel[]
  readonly suppressions: readonly SuppressionModel[]
}

const channelWords = ({ t }: PageContext, channel: ContactChannel | '*'): string =>
  channel === '*'
    ? t('person.everyChannel')
    : channel === 'none'
      ? t('person.noContact')
      : t(`contactChannel.${channel}`)

type Shown = { readonly page: PageContext; readonly model: PersonModel; readonly here: string }

function Answers({ page, model }: Shown) {
  const { t } = page
  return (
    <Card id="answers" title={t('person.answers')}>
      <Table
        caption={t('person.answers')}
        columns={[t('person.purpose'), t('person.channel'), t('person.said'), t('person.use')]}
        rows={model.answers.map((answer) => ({
          id: answer.id,
          cells: [
            answer.purpose,
            channelWords(page, answer.contactChannel),
            <>
              {t(`person.answer.${answer.state}`)}
              {answer.since && <span class="small soft"> {t('page.day', { at: answer.since })}</span>}
            </>,
            <a href={answer.explainHref}>
              {t(answer.permitted ? 'person.use.yes' : 'person.use.no')}
              <span class="visually-hidden">: {t('person.why')}</span>
            </a>,
          ],
        }))}
      />
    </Card>
  )
}

function Objections({ page, model, here }: Shown) {
  const { t } = page
  const { objections } = model
  return (
    <Card id="objections" title={t('person.objections')}>
      {objections.length === 0 && <p>{t('person.objections.none')}</p>}
      <SummaryList
        rows={objections.map(({ about, at, state, overriddenAt }) => ({
          label: about,
          value: (
            <>
              {t('person.objectedAt', { at })}
              <br />
              {t(`person.objection.${state}`, overriddenAt ? { at: overriddenAt } : {})}
            </>
          ),
        }))}
      />
      {objections.some(({ state }) => state === 'standing') && (
        <div class="actions">
          <ButtonLink weight="quiet" href={`${here}/override-objection`}>
            {t('measure.override-objection.title')}
          </ButtonLink>
        </div>
      )}
    </Card>
  )
}

function Restriction({ page, restriction }: { page: PageContext; restriction: RestrictionModel }) {
  const { t } = page
  const { about, since, days, agreed, told } = restriction
  return (
    <div class="stack stack--close">
      <strong>
        <Values of={about} />
      </strong>
      <SummaryList
        rows={[
          { label: t('person.restrictedSince'), value: t('person.sinceDays', { at: since, days }) },
          {
            label: t('person.agreedDuring'),
            value: agreed.length === 0 ? t('person.agreedDuring.none') : <Values of={agreed} />,
          },
          {
            label: t('person.told'),
            value:
              told === undefined
                ? t('person.told.no')
                : t(told.over ? 'person.told.over' : 'person.told.waiting', {
                    at: told.at,
                    from: told.liftableFrom,
                  }),
          },
        ]}
      />
    </div>
  )
}

function Restrictions({ page, model, here }: Shown) {
  const { t } = page
  const { restrictions } = model
  return (
    <Card
      id="restrictions"
      title={t('person.restrictions')}
      head={restrictions.length > 0 && <Tag tone="warn">{t('person.restricted')}</Tag>}
    >
      {restrictions.length === 0 && <p>{t('person.restrictions.none')}</p>}
      {restrictions.map((restriction) => (
        <Restriction key={restriction.id} page={page} restriction={restriction} />
      ))}
      <div class="actions">
        <ButtonLink weight="quiet" href={`${here}/restrict`}>
          {t('measure.restrict.title')}
        </ButtonLink>
        {restrictions.some(({ told }) => told === undefined) && (
          <ButtonLink weight="quiet" href={`${here}/announce-lift`}>
            {t('measure.announce-lift.title')}
          </ButtonLink>
        )}
        {restrictions.some(({ told }) => told !== undefined) && (
          <ButtonLink weight="quiet" href={`${here}/lift-restriction`}>
            {t('measure.lift-restriction.title')}
          </ButtonLink>
        )}
      </div>
    </Card>
  )
}

function Suppressions({ page, model, here }: Shown) {
  const { t } = page
  const { suppressions } = model
  return (
    <Card id="suppressions" title={t('person.suppressions')}>
      {suppressions.length === 0 && <p>{t('person.suppressions.none')}</p>}
      {suppressions.length > 0 && (
        <ul class="list-plain stack stack--close">
          {suppressions.map(({ id, contactChannel, oneAddress, because, since }) => (
            <li key={id}>
              {channelWords(page, contactChannel)}
              {oneAddress && `, ${t('person.oneAddress')}`}: {t(`person.because.${because}`)}
              {since && <span class="small soft"> {t('page.day', { at: since })}</span>}
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <ButtonLink weight="quiet" href={`${here}/suppress`}>
          {t('measure.suppress.title')}
        </ButtonLink>
        {suppressions.length > 0 && (
          <ButtonLink weight="quiet" href={`${here}/lift-suppression`}>
            {t('measure.lift-suppression.title')}
          </ButtonLink>
        )}
      </div>
    </Card>
  )
}

/** How one person stands with us, and what may be decided about it. Names and addresses are not needed for that. */
export const PersonView: View<PersonModel> = {
  id: 'staff/person',
  title: (_, { t }) => t('person.title'),
  layout: 'staff',
  wide: true,
  body: ({ model, page }) => {
    const { t } = page
    const shown = { page, model, here: `/dpo/people/${model.subjectId}` }
    return (
      <>
        <BackLink href="/dpo/people" words={t('person.another')} />
        <Heading title={t('person.title')}>
          <p class="lead">{t('person.visit', { reason: model.reason, until: model.until })}</p>
        </Heading>
        <SummaryList
          rows={[
            { label: t('person.id'), value: <span class="mono">{model.subjectId}</span> },
            { label: t('person.state'), value: t(`person.state.${model.state}`) },
            { label: t('person.since'), value: t('page.day', { at: model.since }) },
            { label: t('person.law'), value: model.jurisdiction ?? t('person.law.strictest') },
            { label: t('person.language'), value: model.language },
          ]}
        />
        <Answers {...shown} />
        <Objections {...shown} />
        <Restrictions {...shown} />
        <Suppressions {...shown} />
        <PersonActs page={page} model={model} />
        <ButtonLink weight="even" icon="info" href={`${shown.here}/explain`}>
          {t('explain.title')}
        </ButtonLink>
      </>
    )
  },
}
