import type { Command } from 'commander'
import type { CampaignStatus } from '../features/consent/index.ts'
import { type CliContext, withHouse } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'

function tell(out: Output, { campaign, state, ...counted }: CampaignStatus): ExitCode {
  const { campaignId, purpose, purposeVersion, opensAt, closesAt } = campaign
  const { audience, asked, agreed, refused, putOff, toBeAsked, unanswered } = counted
  out.line(campaignId)
  out.line(
    `${purpose}, version ${purposeVersion}: ${state}, ${opensAt.toISOString()} to ${closesAt.toISOString()}`,
  )
  if (audience === undefined) out.line(`${toBeAsked} to ask today`)
  else out.line(`${audience} to ask, ${toBeAsked} of them still`)
  out.line(`${asked} asked: ${agreed} agreed, ${refused} refused, ${putOff} put it off`)
  if (audience !== undefined) out.line(`${unanswered} unanswered: their old yes permits nothing`)
  if (counted.counting) out.line('Still counting: people are being decided again by this version.')
  if (out.json) out.document({ ...campaign, state, ...counted, audience: audience ?? null })
  return exitCodes.ok
}

interface Plan {
  readonly purpose: string
  readonly from?: string
  readonly until: string
  readonly coolOff: string
}

export function registerCampaign(program: Command, context: CliContext, bind: Bind): void {
  const campaign = program
    .command('campaign')
    .description('asking again after a material change, at the next sign-in and never by message')
  campaign
    .command('create')
    .description('plan one for the version in force')
    .requiredOption('--purpose <id>', 'what changed')
    .option('--from <date>', 'when it opens (default: now)')
    .requiredOption('--until <date>', 'when it closes')
    .option('--cool-off <period>', 'how long somebody who put it off is left alone', 'P6M')
    .action(
      bind(async (out, plan: Plan) =>
        tell(out, await withHouse(context, (house) => house.campaigns.create(plan))),
      ),
    )
  const steps = {
    start: 'open it, and keep how many there are to ask',
    status: 'how many were asked and what they said, counted from the ledger',
    end: 'close it; an old yes that no longer counts permits nothing',
  } as const
  for (const step of ['start', 'status', 'end'] as const) {
    campaign
      .command(step)
      .description(steps[step])
      .argument('<campaign>', 'the id that create printed')
      .action(
        bind(async (out, id: string) =>
          tell(out, await withHouse(context, (house) => house.campaigns[step](id))),
        ),
      )
  }
}
