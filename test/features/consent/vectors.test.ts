import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runVectors, vectorsCommand } from '../../../src/cli/vectors.ts'

const path = (name: string) => new URL(`../../vectors/${name}.json`, import.meta.url).pathname
const content = (name: string) => readFile(path(name), 'utf8')

describe('The published vectors', () => {
  it.each([
    ['consent-decisions', 57],
    ['consent-merges', 11],
    ['request-deadlines', 6],
  ])('of %s all come out as they should', async (name, total) => {
    expect(runVectors(await content(name))).toEqual({ total, passed: total, differing: [] })
  })

  it('tell which one differs, and how, when a rule is not followed', async () => {
    const file = JSON.parse(await content('consent-decisions'))
    file.vectors[0].expect.decision = 'PERMIT'
    const { total, passed, differing } = runVectors(JSON.stringify(file))
    expect(passed).toBe(total - 1)
    expect(differing).toEqual([
      {
        id: 'V01',
        expected: { decision: 'PERMIT', reason: 'NO_CONSENT', ask: true, basis: null },
        got: { decision: 'DENY', reason: 'NO_CONSENT', ask: true, basis: null },
      },
    ])
  })

  it('count a case that cannot be read as differing and go on with the others', async () => {
    const file = JSON.parse(await content('consent-decisions'))
    file.vectors[3].subject.state = 'somewhere'
    const { total, passed, differing } = runVectors(JSON.stringify(file))
    expect(passed).toBe(total - 1)
    expect(differing[0]?.id).toBe('V04')
    expect(differing[0]?.got).toHaveProperty('error')
  })

  it('do not take a purchase or a club enrolment among the events for a consent', async () => {
    const file = JSON.parse(await content('consent-decisions'))
    const first = file.vectors[0]
    first.events = ['purchase', 'club_joined', 'signed_in'].map((type) => ({
      ...file.vectors[1].events[0],
      id: type,
      type,
    }))
    expect(runVectors(JSON.stringify({ ...file, vectors: [first] })).passed).toBe(1)
  })
})

describe('placet vectors', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'placet-vectors-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const run = async (file: string) => {
    const lines: string[] = []
    return { code: await vectorsCommand(file, (line) => lines.push(line)), lines }
  }
  const written = async (text: string) => {
    const file = join(folder, `${Math.abs(text.length)}.json`)
    await writeFile(file, text)
    return file
  }

  it('prints how many agree and ends well when all do', async () => {
    expect(await run(path('consent-decisions'))).toEqual({ code: 0, lines: ['57/57'] })
  })

  it('prints the ids that differ, one a line, and ends with 1', async () => {
    const file = JSON.parse(await content('consent-merges'))
    file.vectors[2].expect.state = 'GIVEN'
    expect(await run(await written(JSON.stringify(file)))).toEqual({ code: 1, lines: ['10/11', 'M04'] })
  })

  it('ends with 2 for a file that is not there, is no vector file, or is of a format it does not know', async () => {
    expect((await run(join(folder, 'missing.json'))).code).toBe(2)
    expect((await run(await written('{"vectors":'))).code).toBe(2)
    const unknown = await run(await written('{"format":"placet-dreams/1","vectors":[]}'))
    expect(unknown).toEqual({
      code: 2,
      lines: ['vectors_format_unknown: format not supported: placet-dreams/1'],
    })
  })
})
