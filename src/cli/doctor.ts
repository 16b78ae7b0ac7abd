import type { Command } from 'commander'
import { pgRegistrySource } from '../features/consent/index.ts'
import { ConfigRefused } from '../platform/config/index.ts'
import { deriveKeys, environmentKek } from '../platform/crypto/index.ts'
import { createEgress } from '../platform/egress/index.ts'
import type { CliContext } from './context.ts'
import { checkIssuer, checkPasskeyOrigin } from './doctor/address-checks.ts'
import { bad, type Check, good } from './doctor/check.ts'
import { checkMail } from './doctor/check-mail.ts'
import { checkExclusionLists, checkSms } from './doctor/check-outside.ts'
import {
  checkClock,
  checkKeys,
  checkMasterSecret,
  checkMigrations,
  checkServer,
} from './doctor/pg-database-checks.ts'
import { exitCodes } from './exit-codes.ts'
import { explain } from './explain-error.ts'
import { type Located, locateDatabase } from './locate-database.ts'
import { openCommandLane } from './pg-command-lane.ts'
import type { Bind } from './program.ts'

/** A check that cannot be made is a ✖ with its cause, never the end of the others. */
async function attempt(
  name: string,
  check: () => Promise<Check | readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    const result = await check()
    return 'ok' in result ? [result] : result
  } catch (error) {
    const { cause, fix } = explain(error)
    return [bad(name, cause, fix)]
  }
}

async function checkDatabase({ config, connection, embedded }: Located): Promise<readonly Check[]> {
  const knex = await openCommandLane(connection, 'doctor')
  try {
    const server = await attempt('database', () => checkServer(knex, embedded))
    if (server.some(({ name, ok }) => name === 'database' && !ok)) return server
    const migrations = await attempt('migrations', () => checkMigrations(knex))
    if (migrations.some(({ ok }) => !ok)) return [...server, ...migrations]
    return [
      ...server,
      ...migrations,
      ...(await attempt('clock', () => checkClock(knex, () => new Date()))),
      ...(await attempt('master secret', () => checkMasterSecret(knex, deriveKeys(config.secrets)))),
      ...(await attempt('signing keys', () => checkKeys(knex, environmentKek(config.keks), new Date()))),
    ]
  } finally {
    await knex.destroy()
  }
}

/** Purposes that ask over text messages, where some law in force wants the yes to come back from the number. */
async function purposesAwaitingTexts({ config, connection }: Located): Promise<readonly string[]> {
  // Elsewhere text messages go to the outbox.
  if (!config.production) return []
  const knex = await openCommandLane(connection, 'doctor')
  try {
    const registry = await pgRegistrySource(knex).load()
    const confirmed = [registry.strictest, ...[...registry.packs.values()].flat()].some(({ doubleOptIn }) =>
      doubleOptIn.includes('sms'),
    )
    const asking = [...registry.active.values()].filter(({ contactChannels }) =>
      contactChannels.includes('sms'),
    )
    return confirmed ? asking.map(({ purpose }) => purpose) : []
  } finally {
    await knex.destroy()
  }
}

/** The services of others that were configured. */
async function checkOutside(located: Located): Promise<readonly Check[]> {
  const { config } = located
  const egress = createEgress({ allow: config.egress.allow })
  try {
    const { exclusionLists } = await import('../compose/exclusion-lists.ts')
    const lists = exclusionLists(config.exclusionLists, egress)
    return [
      ...(await checkExclusionLists(lists, new Date())),
      // A registry that cannot be read was told of above.
      ...(await checkSms(config.sms, egress, () => purposesAwaitingTexts(located).catch(() => []))),
    ]
  } finally {
    await egress.close()
  }
}

/** Everything that has to be right before the service can be, each with what is wrong and what to do about it. */
async function diagnose(context: Pick<CliContext, 'env' | 'root'>): Promise<readonly Check[]> {
  let located: Located
  try {
    located = await locateDatabase(context.env, context.root)
  } catch (error) {
    if (error instanceof ConfigRefused) {
      return error.faults.map((fault) => bad('configuration', fault, 'Set it as the line says.'))
    }
    const { cause, fix } = explain(error)
    return [bad('database', cause, fix)]
  }
  const { config } = located
  return [
    good('configuration', config.production ? 'production' : 'development'),
    checkIssuer(config.issuer),
    checkPasskeyOrigin(config.issuer),
    ...(await attempt('database', () => checkDatabase(located))),
    await checkMail(config.mail.smtpUrl),
    ...(await checkOutside(located)),
  ]
}

export function registerDoctor(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('doctor')
    .description('look at everything the service needs; exit 1 when something is wrong')
    .action(
      bind(async (out) => {
        const checks = await diagnose(context)
        for (const check of checks) {
          if (check.ok && check.warning !== undefined) {
            out.line(`${out.bad('!')} ${check.name}: ${check.says}\n  fix: ${check.warning}`)
          } else if (check.ok) out.line(`${out.good('✔')} ${check.name}: ${check.says}`)
          else out.line(`${out.bad('✖')} ${check.name}: ${check.cause}\n  fix: ${check.fix}`)
        }
        const ok = checks.every((check) => check.ok)
        if (out.json) out.document({ ok, checks })
        return ok ? exitCodes.ok : exitCodes.failed
      }),
    )
}
