import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { translator } from '../views/page.tsx'
import { journeys } from './journeys/index.ts'
import type { Journey, Screen, Walk } from './journeys/journey.ts'
import { giveAuthenticator, launchBrowser } from './journeys/launch-browser.ts'
import { freePorts } from './ports.ts'
import { type Demo, forgetDemo, startDemo } from './start-demo.ts'

/** A journey as it is recorded: the screen it is walked on, and the folder its pictures go to. */
interface Recording {
  readonly journey: Journey
  readonly folder: string
  readonly title: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  /** Whoever is new in it; each account is somebody's of their own. */
  readonly firstName: string
}

interface Picture {
  readonly file: string
  readonly caption: string
}

const desktop = { width: 1100, height: 740, scheme: 'light' } as const

const names = [
  'Nora',
  'Hugo',
  'Irene',
  'Lucas',
  'Alba',
  'Diego',
  'Vera',
  'Sara',
  'Leo',
  'Mario',
  'Elena',
  'Pablo',
  'Rosa',
  'Iker',
  'Olga',
  'Raúl',
]

function recordings(): readonly Recording[] {
  const [first, second] = journeys
  if (first === undefined || second === undefined) throw new Error('there are no journeys')
  const all = [
    ...journeys.map((journey) => ({ ...desktop, journey, folder: journey.name, title: journey.title })),
    {
      ...desktop,
      journey: first,
      folder: `${first.name}-mobile`,
      title: `${first.title}: on a phone`,
      width: 390,
      height: 844,
    },
    {
      ...desktop,
      journey: second,
      folder: `${second.name}-dark`,
      title: `${second.title}: in dark colours`,
      scheme: 'dark' as const,
    },
  ]
  return all.map((one, index) => ({ ...one, firstName: names[index] ?? `Persona${index}` }))
}

const out = join(process.cwd(), 'docs', 'journeys')
const say = (text: string) => process.stdout.write(text)

async function record(demo: Demo, browser: Browser, recording: Recording): Promise<readonly Picture[]> {
  const { journey, folder, width, height, scheme, firstName } = recording
  const target = join(out, folder)
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true })
  const opened: BrowserContext[] = []
  const pictures: Picture[] = []
  const open = async (viewport: Screen): Promise<Walk> => {
    const context = await browser.newContext({
      locale: 'es-ES',
      viewport,
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    opened.push(context)
    const page = await context.newPage()
    return {
      page,
      device: await giveAuthenticator(context, page),
      language: 'es',
      t: translator('es'),
      addresses: demo.addresses,
      outbox: demo.outbox,
      person: { firstName, email: `${firstName.toLowerCase()}@correo.example` },
      beside: open,
      shot: async (name, caption, shown = page) => {
        const file = `${String(pictures.length + 1).padStart(2, '0')}-${name}.png`
        await shown.screenshot({ path: join(target, file), caret: 'hide' })
        pictures.push({ file, caption })
      },
    }
  }
  try {
    await journey.walk(await open({ width, height }))
    return pictures
  } finally {
    await Promise.all(opened.map((context) => context.close()))
  }
}

const chapter = ({ folder, title, journey }: Recording, pictures: readonly Picture[]) =>
  [
    `## ${title}`,
    journey.about,
    ...pictures.map(
      ({ file, caption }, index) => `${index + 1}. ${caption}\n\n   ![${caption}](${folder}/${file})`,
    ),
  ].join('\n\n')

/** Walks every journey against a demo of its own and writes what was seen to `docs/journeys`. */
async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'placet-journeys-'))
  const demo = await startDemo({ port: await freePorts(), directory, reset: false })
  const browser = await launchBrowser()
  try {
    const chapters: string[] = []
    for (const recording of recordings()) {
      const pictures = await record(demo, browser, recording)
      chapters.push(chapter(recording, pictures))
      say(`${recording.folder}: ${pictures.length} pictures\n`)
    }
    const opening =
      '# The journeys, as pictures\n\nTaken by `npm run screenshots`, which walks the demo in a real browser. ' +
      'The same walks are tests: see [`test/journeys`](../../test/journeys).'
    await writeFile(join(out, 'README.md'), `${[opening, ...chapters].join('\n\n')}\n`)
  } finally {
    await browser.close()
    await demo.close()
    await forgetDemo(directory)
  }
}

await run()
