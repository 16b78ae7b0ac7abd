import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsvHead, readCsvRecords } from '../../../../src/features/consent/imports/csv-records.ts'
import { readNdjsonRecords } from '../../../../src/features/consent/imports/ndjson-records.ts'
import {
  fileStart,
  type Place,
  type SourceRecord,
} from '../../../../src/features/consent/imports/source-record.ts'

const pieces = async function* (content: Uint8Array, size: number) {
  for (let at = 0; at < content.byteLength; at += size) yield content.subarray(at, at + size)
}

const opened = (content: Uint8Array, size: number) => (from: number) => pieces(content.subarray(from), size)

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = []
  for await (const value of values) found.push(value)
  return found
}

async function csv(content: string | Uint8Array, size = 7): Promise<SourceRecord[]> {
  const bytes = Buffer.from(content)
  const head = await readCsvHead(pieces(bytes, size))
  return all(readCsvRecords(opened(bytes, size), head, head.rows))
}
const cells = (records: readonly SourceRecord[]) =>
  records.map(({ line, flaw, cells: found }) => flaw ?? { line, ...Object.fromEntries(found) })

test('a spreadsheet’s export reads the same whatever its separator, its line ends and the size of the chunks', async () => {
  const expected = [
    { line: 2, name: 'Ana', note: 'said "yes", twice' },
    { line: 3, name: 'Bruno', note: 'two\nlines' },
    { line: 6, name: 'Carmen', note: '' },
  ]
  for (const [separator, end] of [
    [',', '\n'],
    [';', '\r\n'],
    ['\t', '\n'],
  ] as const) {
    const rows = [
      ['name', 'note'],
      ['Ana', `"said ""yes"", twice"`],
      ['Bruno', '"two\nlines"'],
    ]
    const text = `\uFEFF${rows.map((row) => row.join(separator)).join(end)}${end}${end}Carmen${separator}`
    for (const size of [1, 3, 1_000]) expect(cells(await csv(text, size))).toEqual(expected)
  }
})

test('each record says where the next one begins, so that reading can go on from there', async () => {
  const text = 'name,note\nAna,"a\nb"\nBruno,ñandú\nCarmen,c\n'
  const bytes = Buffer.from(text)
  const head = await readCsvHead(pieces(bytes, 5))
  const records = await csv(text)
  for (const [at, { next }] of records.entries()) {
    const rest = await all(readCsvRecords(opened(bytes, 4), head, next))
    expect(rest).toEqual(records.slice(at + 1))
  }
})

test('a quote that never closes sets its line aside, and every line after it is read', async () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => `p${at}@correo.example,${at === 5 ? '"' : ''}given`)
  for (const end of ['\n', '']) {
    const found = await csv(`name,note\n${rows.join('\n')}${end}`, 64 * 1024)
    expect(found).toHaveLength(100_000)
    expect(found.filter(({ flaw }) => flaw !== undefined)).toMatchObject([
      { line: 7, flaw: 'quote_unclosed', raw: Buffer.from('p5@correo.example,"given') },
    ])
  }
})

test('a stray quote that the next quoted cell, thousands of lines on, shows to be stray costs its own line alone', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => `p${at}@correo.example,given`)
  rows[5] = 'p5@correo.example,"given'
  for (const far of [40, 50_000]) {
    const found = await csv(
      `name,note\n${rows.toSpliced(far, 1, 'far@correo.example,"fine"').join('\n')}\n`,
      64 * 1024,
    )
    expect(found).toHaveLength(60_000)
    expect(found.filter(({ flaw }) => flaw !== undefined)).toMatchObject([
      { line: 7, flaw: 'quote_unclosed' },
    ])
  }
})

test('a file cut off within a quoted cell leaves open what the lines of that cell were: none is read as a row', async () => {
  const found = await csv('name,note\nAna,ok\nBruno,"cut off\nmallory,given\nmal')
  expect(cells(found)).toEqual([
    { line: 2, name: 'Ana', note: 'ok' },
    'quote_unclosed',
    'after_broken_quote',
    'after_broken_quote',
  ])
})

test('rows typed into a long comment of somebody are no rows, however long it is: each is set aside to be looked at', async () => {
  const forged = 'mallory,given\n'.repeat(30_000)
  const found = await csv(`name,note\nAna,"${forged}"\nBruno,ok\n`, 64 * 1024)
  expect(found).toHaveLength(30_002)
  expect(found[0]).toMatchObject({ line: 2, flaw: 'line_too_long', raw: Buffer.from('Ana,"mallory,given') })
  expect(found.slice(1, -1).every(({ flaw }) => flaw === 'after_broken_quote')).toBe(true)
  expect(found[1]?.cells).toEqual(
    new Map([
      ['name', 'mallory'],
      ['note', 'given'],
    ]),
  )
  expect(cells(found.slice(-1))).toEqual([{ line: 30_003, name: 'Bruno', note: 'ok' }])
})

test('where two stray quotes make one record of many lines, no line of it is lost in it', async () => {
  const found = await csv('name,note\nAna,"ok\nBruno,ok\nCarmen,24",x\nDaniel,ok\n')
  expect(cells(found)).toEqual([
    'columns_mismatch',
    'after_broken_quote',
    'after_broken_quote',
    { line: 5, name: 'Daniel', note: 'ok' },
  ])
})

test('a line of ten megabytes is passed over and the next row is read', async () => {
  const long = Buffer.alloc(10 * 1024 * 1024, 'x')
  const bytes = Buffer.concat([Buffer.from('name\n'), long, Buffer.from('\nBruno\n')])
  expect(cells(await csv(bytes, 64 * 1024))).toEqual(['line_too_long', { line: 3, name: 'Bruno' }])
})

test('what is no UTF-8, holds control characters, misplaced quotes or too few cells is told apart by its reason', async () => {
  const bytes = Buffer.concat([
    Buffer.from('name,note\nAna,ok\n'),
    Buffer.from([0x42, 0xff, 0xfe, 0x2c, 0x0a]),
    Buffer.from(
      'Car\u0000men,x\nDaniel,5" pipe\nElena\nFelipe,"a"b\nGema,"=HYPERLINK(""http://evil.example"")"\n',
    ),
  ])
  expect(cells(await csv(bytes))).toEqual([
    { line: 2, name: 'Ana', note: 'ok' },
    'invalid_utf8',
    'control_character',
    'quote_misplaced',
    'columns_mismatch',
    'quote_misplaced',
    { line: 8, name: 'Gema', note: '=HYPERLINK("http://evil.example")' },
  ])
})

test('files that can be no table are refused as a whole', async () => {
  await expect(csv('')).rejects.toMatchObject({ code: 'import-unreadable' })
  await expect(csv('a,a\n1,2\n')).rejects.toMatchObject({ detail: 'Two columns have the same name.' })
  await expect(csv(Buffer.from('\uFEFFname\nAna\n', 'utf16le'))).rejects.toMatchObject({
    detail: expect.stringContaining('UTF-16'),
  })
})

test('objects of an NDJSON file become cells, and a line that is none is set aside alone', async () => {
  const text = [
    '{"name":"Ana","size":38,"vip":true,"attributes":["email","phone"]}',
    '',
    '["Bruno"]',
    '{"name":',
    '{"__proto__":"x","name":"Carmen","extra":{"a":1}}',
  ].join('\n')
  const found = await all(readNdjsonRecords(pieces(Buffer.from(text), 9), fileStart))
  expect(cells(found)).toEqual([
    { line: 1, name: 'Ana', size: '38', vip: 'true', attributes: 'email phone' },
    'not_json',
    'not_json',
    expect.objectContaining({ line: 5, name: 'Carmen' }),
  ])
})

/** Broken in all the ways that files are, some of it longer than anything that is kept. */
const brokenRows = fc.array(
  fc.oneof(
    {
      weight: 40,
      arbitrary: fc
        .constantFrom(
          ...[
            'a',
            ',',
            '"',
            '\n',
            'a,b\n',
            '\r\n',
            '\r',
            ';',
            'é',
            ' ',
            '""',
            '"x"',
            '"x"\n',
            ',"',
            '",',
            '\0',
            'x",y,"\n',
          ],
        )
        .map((text) => Buffer.from(text)),
    },
    { weight: 2, arbitrary: fc.constant(Buffer.from([0xff])) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x', 'a,b\n', '"', '"\n').map((text) => Buffer.from(text.repeat(100))),
    },
  ),
  { maxLength: 60 },
)

test('whatever the bytes are, chunks change nothing and reading goes on from any record as if it had never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(brokenRows, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const bytes = Buffer.concat([Buffer.from('a,b\n'), ...rows])
      const head = await readCsvHead(pieces(bytes, size))
      const read = (from: Place, by: number) => all(readCsvRecords(opened(bytes, by), head, from, 64))
      const whole = await read(head.rows, bytes.byteLength)
      expect(await read(head.rows, size)).toEqual(whole)
      for (const [at, { next }] of whole.entries())
        expect(await read(next, size)).toEqual(whole.slice(at + 1))
    }),
    { numRuns: 300 },
  )
})

test('whatever the bytes are, every line that is not blank belongs to one record, and one that is set aside is one line', async () => {
  await fc.assert(
    fc.asyncProperty(brokenRows, async (rows) => {
      const bytes = Buffer.concat([Buffer.from('a,b\n'), ...rows])
      const head = await readCsvHead(pieces(bytes, 9))
      let { offset, line } = head.rows
      const isBlank = (text: string) => text === '' || text === '\r'
      for await (const record of readCsvRecords(opened(bytes, 9), head, head.rows, 64)) {
        const passed = bytes.subarray(offset, record.next.offset).toString('latin1').split('\n')
        if (passed.at(-1) === '') passed.pop()
        const blank = passed.findIndex((text) => !isBlank(text))
        expect(line + blank).toBe(record.line)
        const own = passed.slice(blank)
        const sure = record.flaw === undefined || ['invalid_utf8', 'control_character'].includes(record.flaw)
        expect(own.length).toBeLessThanOrEqual(sure ? 64 : 1)
        ;({ offset, line } = record.next)
      }
      expect(bytes.subarray(offset).toString('latin1').split('\n').every(isBlank)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
