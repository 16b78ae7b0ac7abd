import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { PageContext } from '../page-context.ts'
import { Button } from '../parts/button.tsx'
import { Card } from '../parts/card.tsx'
import { Token } from '../parts/form.tsx'
import { Table } from '../parts/table.tsx'
import { stateWords } from '../verifier/verify-words.ts'
import { PersonTimeline, type TimelineModel } from './person-timeline.tsx'

export interface ActModel {
  readonly id: string
  readonly at: Date
  readonly state: string
  readonly claimed: boolean
  readonly about: string
  readonly contactChannel: Exclude<ContactChannel, 'none'> | undefined
  readonly by: 'subject' | 'guardian' | 'representative' | 'agent' | 'controller' | 'system'
  readonly channel: Channel | undefined
  readonly receiptId: string | undefined
}

export interface PersonActsModel {
  /** What this visit was opened for; a proof asked for from here is asked for the same reason. */
  readonly reason: string
  readonly timeline: TimelineModel
  /** Newest first. */
  readonly acts: readonly ActModel[]
  readonly olderLeftOut: boolean
}

/** What is asked for goes by POST, with the reason this visit was opened for. */
function Prove({ page, reason, act }: { page: PageContext; reason: string; act: ActModel }) {
  const { t } = page
  if (act.receiptId === undefined) return <>{t('person.noReceipt')}</>
  return (
    <form method="post" action="/staff/proof" novalidate>
      <Token page={page} />
      <input type="hidden" name="receipt" value={act.receiptId} />
      <input type="hidden" name="reason" value={reason} />
      <Button weight="quiet" describedBy={`act-${act.id}`}>
        {t('person.prove')}
      </Button>
    </form>
  )
}

/** What is on record, drawn along time and told in a table. */
export function PersonActs({ page, model }: { page: PageContext; model: PersonActsModel }) {
  const { t } = page
  return (
    <Card id="acts" title={t('person.acts')}>
      <PersonTimeline page={page} timeline={model.timeline} />
      {model.acts.length === 0 ? (
        <p>{t('person.acts.none')}</p>
      ) : (
        <Table
          caption={t('person.acts')}
          columns={[t('proof.when'), t('person.what'), t('proof.who'), t('person.proof')]}
          rows={model.acts.map((act) => ({
            id: act.id,
            cells: [
              t('page.moment', { at: act.at }),
              <span id={`act-${act.id}`}>
                {stateWords(t, act)}: {act.about}
                {act.contactChannel && `, ${t(`contactChannel.${act.contactChannel}`)}`}
              </span>,
              <>
                {t(`proof.by.${act.by}`)}
                {act.channel && <span class="small soft"> {t(`channel.${act.channel}`)}</span>}
              </>,
              <Prove page={page} reason={model.reason} act={act} />,
            ],
          }))}
        />
      )}
      {model.olderLeftOut && <p class="soft">{t('person.olderLeftOut')}</p>}
    </Card>
  )
}
