import type { Command } from 'commander'
import { ConfigRefused } from '../platform/config/index.ts'
import { deriveKeys, environmentKek } from '../platform/crypto/index.ts'
import type { CliContext } from './context.ts'
import { checkIssuer, checkPasskeyOrigin } from './doctor/address-checks.ts'
import { bad, type Check, good } from './doctor/check.ts'
import { checkMail } from './doctor/check-mail.ts'
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
          if (check.ok) out.line(`${out.good('✔')} ${check.name}: ${check.says}`)
          else out.line(`${out.bad('✖')} ${check.name}: ${check.cause}\n  fix: ${check.fix}`)
        }
        const ok = checks.every((check) => check.ok)
        if (out.json) out.document({ ok, checks })
        return ok ? exitCodes.ok : exitCodes.failed
      }),
    )
}
