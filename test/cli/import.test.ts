import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locateDatabase } from '../../src/cli/locate-database.ts'
import { redecideParts } from '../../src/compose/redecide.ts'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { compose, openCommandHouse } from '../../src/compose.ts'
import { redecidePermissions } from '../../src/features/consent/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { environment, placet, urlOf } from './run-placet.ts'

let database: TestDatabase
let root: string
const env = () => ({ ...environment, DATABASE_URL: urlOf(database.appConnection) })

const purposeDocument = (change: string, version: number) => ({
  purpose: {
    id: 'marketing.direct',
    class: 'marketing',
    bases: ['consent'],
    attributes: version === 1 ? ['email'] : ['email', 'first_name'],
    contactChannels: ['email'],
    recipients: [],
    retention: { es: 'Hasta que lo retires', en: 'Until you withdraw it' },
    howToStop: { es: 'En tu centro de privacidad', en: 'In your privacy centre' },
    dpv: 'https://w3id.org/dpv#DirectMarketing',
    change,
  },
  notices: [
    {
      id: 'offers',
      version,
      language: 'es',
      title: 'Ofertas por correo',
      summary: `Te escribimos cuando hay rebajas. Edición ${version}.`,
      text: 'Usamos tu correo para contarte qué hay de nuevo. Puedes pararlo cuando quieras en tu centro de privacidad.',
    },
  ],
})

const run = (
  args: readonly string[],
  more: { readonly input?: string; readonly terminal?: boolean; readonly plain?: boolean } = {},
) =>
  placet(more.plain === true ? args : [...args, '--json'], {
    env: env(),
    root,
    openHouse: openCommandHouse,
    ...(more.input === undefined ? {} : { input: more.input }),
    ...(more.terminal === undefined ? {} : { terminal: more.terminal }),
  })

const publish = (change: string, version: number) =>
  run(['purpose', 'publish', '-', '--despite-findings'], {
    input: JSON.stringify(purposeDocument(change, version)),
  })

beforeAll(async () => {
  database = await createTestDatabase()
  root = await mkdtemp(join(tmpdir(), 'placet-import-'))
  const { config, connection } = await locateDatabase(env(), '/nowhere')
  const house = await compose(config, connection)
  await settleHouse(house)
  await house.close()
  const published = await publish('material', 1)
  expect(published.code, published.err).toBe(0)
})
afterAll(async () => {
  await database.drop()
  await rm(root, { recursive: true })
})

const mapping = {
  source: 'old-shop',
  columns: {
    email: 'Correo',
    answer: 'Acepta',
    given_at: 'Fecha',
    text: 'Texto',
    evidence_reference: 'Nota',
    evidence_grade: 'Prueba',
    attributes: 'Datos',
  },
  constants: {
    purpose: 'marketing.direct',
    contact_channel: 'email',
    channel: 'paper',
  },
  answers: { sí: 'given', no: 'refused' },
  zone: 'Europe/Madrid',
  dayFirst: true,
}
const csv = [
  'Correo;Acepta;Fecha;Texto;Nota;Prueba;Datos',
  'ana@correo.example;sí;03/03/2024;"Sí, quiero; por correo";archivo 3;full;email',
  'bruno@correo.example;no;03/03/2024;;;;',
  'carmen@correo.example;quizás;03/03/2024;"Sí";archivo 3;full;email',
  '=cmd|calc;sí;03/03/2024;"Sí";archivo 3;full;email',
].join('\r\n')

test('an operator rehearses an import, runs it, mends what was set aside and imports that', async () => {
  await writeFile(join(root, 'optins.csv'), csv)
  await writeFile(join(root, 'map.json'), JSON.stringify(mapping))
  const args = ['import', 'consents', 'optins.csv', '--map', 'map.json', '--create-lite']

  const rehearsed = await run([...args, '--dry-run'])
  expect(rehearsed.code, rehearsed.err).toBe(3)
  expect(rehearsed.json()).toMatchObject({ dryRun: true, source: 'old-shop', quarantine: null })
  await expect(stat(join(root, 'optins.csv.quarantine.ndjson'))).rejects.toThrow()

  const real = await run(args)
  expect(real.code, real.err).toBe(3)
  expect(real.json().report).toEqual(rehearsed.json().report)
  expect(real.json()).toMatchObject({
    state: 'finished',
    report: {
      rows: 4,
      given: 1,
      refused: 1,
      quarantined: 2,
      newPeople: 2,
      reasons: { answer_unknown: 1, email_malformed: 1 },
    },
  })
  const aside = join(root, 'optins.csv.quarantine.ndjson')
  expect((await stat(aside)).mode & 0o777).toBe(0o600)
  const mended = (await readFile(aside, 'utf8'))
    .replace('quizás', 'sí')
    .replace('=cmd|calc', 'daniel@correo.example')
  await writeFile(join(root, 'mended.ndjson'), mended)
  const second = await run(['import', 'consents', 'mended.ndjson', '--map', 'map.json', '--create-lite'])
  expect(second.code, second.err).toBe(0)
  expect(second.json().report).toMatchObject({ given: 2, quarantined: 0 })
})

test('what a command says about rows names nobody: neither its report nor its progress nor its errors (R101)', async () => {
  await writeFile(join(root, 'again.csv'), csv.replaceAll('correo.example', 'secreto.example'))
  for (const more of [{}, { terminal: true, plain: true }]) {
    const said = await run(
      [
        'import',
        'consents',
        'again.csv',
        '--map',
        'map.json',
        '--quarantine',
        `q-${Object.keys(more).length}`,
      ],
      more,
    )
    expect(said.code).toBe(3)
    expect(`${said.out}${said.err}`).not.toMatch(/secreto|cmd\|calc/)
  }
})

test('a person at a terminal sees how far it is and reads the outcome in words', async () => {
  const said = await run(
    [
      'import',
      'consents',
      'optins.csv',
      '--map',
      'map.json',
      '--source',
      'elsewhere',
      '--quarantine',
      'words',
    ],
    { terminal: true, plain: true },
  )
  expect(said.err).toContain('4 rows (100 %), 2 set aside')
  expect(said.out).toContain('Imported: 4 rows')
  expect(said.out).toMatch(/1 {2}answer_unknown: The answer is neither given, refused nor withdrawn\./)
  expect(said.out).toContain('Rows set aside are in words.')
})

test('progress is a line of JSON each for a program, beside the one document on standard output', async () => {
  const said = await run([
    'import',
    'consents',
    'optins.csv',
    '--map',
    'map.json',
    '--quarantine',
    'progress',
  ])
  expect(
    said.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ progress: { rows: 4, bytes: Buffer.byteLength(csv), of: Buffer.byteLength(csv) } }])
  expect(said.json()).toMatchObject({ report: { rows: 4, repeated: 2 } })
})

test('a file with rows of another run is never overwritten, and finished work is only reported again', async () => {
  const args = ['import', 'consents', 'optins.csv', '--map', 'map.json', '--create-lite']
  expect((await run(args)).json().error).toMatchObject({ code: 'quarantine-exists' })
  expect((await run([...args, '--resume'])).json()).toMatchObject({ state: 'already-finished' })
  await writeFile(join(root, 'precious.txt'), 'not ours')
  const other = await run([
    'import',
    'consents',
    'mended.ndjson',
    '--source',
    'x',
    '--resume',
    '--quarantine',
    'precious.txt',
  ])
  expect(other.json().error.code).toBe('quarantine-exists')
  expect(await readFile(join(root, 'precious.txt'), 'utf8')).toBe('not ours')
})

test('what cannot be imported at all is refused with its cause and a fix before anything is done', async () => {
  await writeFile(join(root, 'bare.csv'), 'email,purpose\na@b.example,x\n')
  const cases: [string[], string][] = [
    [['nowhere.csv', '--source', 'x'], 'input-unreadable'],
    [['bare.csv'], 'import-source-missing'],
    [['bare.csv', '--source', 'x'], 'import-columns-missing'],
  ]
  for (const [args, code] of cases) {
    const answer = await run(['import', 'consents', ...args])
    expect(answer.json().error).toMatchObject({ code, fix: expect.not.stringContaining('doctor') })
  }
  await writeFile(join(root, 'wrong.json'), JSON.stringify({ colums: {} }))
  const mapped = await run(['import', 'consents', 'bare.csv', '--map', 'wrong.json', '--source', 'x'])
  expect(mapped.json().error).toMatchObject({
    code: 'import-mapping',
    cause: expect.stringContaining('colums'),
  })
})

/** Everybody is decided again by what is in force, as the worker does. */
async function decideAgain() {
  const { config, connection } = await locateDatabase(env(), '/nowhere')
  const house = await compose(config, connection)
  const parts = redecideParts(house)
  for (let done = false; !done; ) done = (await redecidePermissions(parts)).done
  await house.close()
}

test('after a material change a campaign counts who is to be asked again; a no is never among them', async () => {
  const create = ['campaign', 'create', '--purpose', 'marketing.direct', '--until', '2031-01-01T00:00:00Z']
  expect((await run(create)).json().error).toMatchObject({ code: 'campaign-needless' })
  expect((await publish('material', 2)).code).toBe(0)

  await decideAgain()

  const drafted = await run(create)
  expect(drafted.code, drafted.err).toBe(0)
  const { campaignId } = drafted.json()
  expect(drafted.json()).toMatchObject({ state: 'draft', audience: null, toBeAsked: 3, asked: 0 })
  expect((await run(['campaign', 'end', campaignId])).json().error.code).toBe('campaign-not-started')

  const started = await run(['campaign', 'start', campaignId])
  expect(started.json()).toMatchObject({ state: 'running', audience: 3, toBeAsked: 3 })
  const rival = (await run(create)).json().campaignId
  expect((await run(['campaign', 'start', rival])).json().error.code).toBe('campaign-running')

  const row = (name: string, answer: string) =>
    JSON.stringify({
      email: `${name}@correo.example`,
      purpose: 'marketing.direct',
      contact_channel: 'email',
      channel: 'web',
      answer,
      given_at: new Date(Date.now() - 1_000).toISOString(),
      notice_id: 'offers',
      notice_version: '2',
      evidence_grade: 'full',
      evidence_reference: 'session',
    })
  await writeFile(join(root, 'since.ndjson'), `${row('ana', 'given')}\n${row('carmen', 'refused')}\n`)
  const since = await run(['import', 'consents', 'since.ndjson', '--source', 'shop'])
  expect(since.json().report).toMatchObject({ given: 1, refused: 1 })
  expect((await run(['campaign', 'status', campaignId])).json()).toMatchObject({
    toBeAsked: 1,
    unanswered: 1,
    asked: 2,
    agreed: 1,
    refused: 1,
    putOff: 0,
  })
  expect((await run(['campaign', 'end', campaignId])).json()).toMatchObject({
    state: 'ended',
    toBeAsked: 0,
    unanswered: 1,
    agreed: 1,
  })
})

test('what was imported is in the log and in the audit trail like anything said here, and both verify', async () => {
  expect((await run(['ledger', 'checkpoint'])).code).toBe(0)
  const ledger = await run(['ledger', 'verify'])
  expect(ledger.code, ledger.out).toBe(0)
  expect(ledger.json()).toMatchObject({ intact: true, waiting: 0, faults: 0 })
  expect(ledger.json().opened).toBeGreaterThan(5)
  expect((await run(['audit', 'verify'])).code).toBe(0)
})
