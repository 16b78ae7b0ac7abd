import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { qrMatrix } from '../../views/assets/kiosk-qr.js'

const digestOf = (rows: boolean[][] | undefined) =>
  createHash('sha256')
    .update((rows ?? []).map((row) => row.map((dark) => (dark ? '1' : '0')).join('')).join('\n'))
    .digest('hex')
    .slice(0, 16)

/** Digests of what an encoder of others draws (qrcode-terminal, in npm's own folder), mask by mask. */
const drawnByOthers: Readonly<Record<string, readonly string[]>> = {
  'https://a.es': [
    '65cc75fbab932317',
    '28b5b86461397dda',
    '1ea120da4b725020',
    'dfa413fc240c569e',
    'cd1bac389bfed10c',
    '14d5930deedf3fe2',
    '8375181154eca197',
    'd52f8521517798cc',
  ],
  'http://localhost:3000': [
    '00107d6a968381de',
    '355689c58070feff',
    '204ba42885c42cde',
    '71639d04d8a13b07',
    '93749e19a68a255b',
    '4ba13c310fd80d1b',
    '899db3d739225669',
    'd182876f63251d38',
  ],
  'https://id.tienda.example/device': [
    'ab0406b7aaf0f089',
    '14b91d190b13c3e9',
    '64c1b4ac9c2bac5a',
    '385df927a8e91333',
    '0f55195ca1645af9',
    'f3aa6b28b181ef60',
    '7e0ea72b0d6cf0cc',
    '1352729d87ce32cf',
  ],
  'https://id.tienda.example/device?user_code=BCDF-GHJK': [
    '1217fab1a82edf0f',
    '82a3e677bfba0dae',
    '4eda575f3289739a',
    '9f6b1aace1ef526b',
    '92f5cfc8fbe3d68f',
    '001f151c385e62fa',
    '7ff2a5343613479d',
    '0c9b9ef33adb4c8d',
  ],
  'https://id.grandes-almacenes-norte.example/device?user_code=BCDF-GHJK': [
    '1cb7d6d53a83db3d',
    'c450fbc57dbabc10',
    '89471dacb01ea03d',
    'a3e8c4696f053b4a',
    'ce08a279dfe6e062',
    '9f99c2553cda9fd4',
    '43c8e8ddc232a4bd',
    '1a230c2766082c13',
  ],
  'https://identidad.grandes-almacenes-del-norte.example/device?user_code=BCDF-GHJKLMNPQ': [
    '61557b3e981f3468',
    '942a8c7890c87607',
    'dd194f36bd2f449d',
    'e84a1902703f9e11',
    'fda012aa3c2f6a91',
    '88e8e36ff63a6775',
    '35f47feb745c98d9',
    'f2e5985089ae542a',
  ],
}

describe('The QR code of a kiosk', () => {
  it('is module for module what another encoder draws, for each size and mask', () => {
    for (const [text, digests] of Object.entries(drawnByOthers)) {
      expect(
        digests.map((_, mask) => digestOf(qrMatrix(text, mask))),
        text,
      ).toEqual(digests)
    }
  })

  it('grows with the address, and gives up where no camera would read it', () => {
    expect(qrMatrix('https://id.tienda.example/device?user_code=BCDF-GHJK')).toHaveLength(33)
    expect(qrMatrix('a'.repeat(106))).toHaveLength(41)
    expect(qrMatrix('a'.repeat(107))).toBeUndefined()
  })
})
