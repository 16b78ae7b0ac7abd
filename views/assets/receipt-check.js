// @ts-check
// Checks a receipt against keys one trusts, without asking anybody. The house's own check follows the same rules.

const text = new TextEncoder()
const read = new TextDecoder('utf-8', { fatal: true })

/** @param {string} base64Url */
const bytes = (base64Url) =>
  Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/** @param {Uint8Array} value */
const base64Url = (value) =>
  btoa(String.fromCharCode(...value))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** @param {...Uint8Array} parts */
async function sha256(...parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all))
}

/** RFC 8785, which has no form for half a character or a number beyond all. @param {any} value @returns {string} */
function canonical(value) {
  if (
    typeof value === 'string' ? !value.isWellFormed() : typeof value === 'number' && !Number.isFinite(value)
  ) {
    throw new Error('no canonical form')
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`
}

/** @param {string} alg @param {any} key */
function algorithm(alg, key) {
  if (alg === 'ES256' && key.crv === 'P-256') return { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  return alg === 'EdDSA' && key.crv === 'Ed25519' ? { name: 'Ed25519' } : undefined
}

/** @param {string} jws @param {any[]} keys @param {string} typ */
async function checkJws(jws, keys, typ) {
  const [head = '', body = '', signature = ''] = jws.split('.')
  const header = JSON.parse(read.decode(bytes(head)))
  const claims = JSON.parse(read.decode(bytes(body)))
  const key = keys.find(({ kid }) => kid === header.kid)
  if (!key) return { signature: 'unknown-key', claims }
  const how = algorithm(header.alg, key)
  const carries = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip'].some((name) => name in header)
  if (!how || header.typ !== typ || carries) return { signature: 'fails', claims }
  const { kty, crv, x, y } = key
  const bare = kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x }
  const opened = await crypto.subtle.importKey('jwk', bare, how, false, ['verify'])
  const holds = await crypto.subtle.verify(how, opened, bytes(signature), text.encode(`${head}.${body}`))
  return { signature: holds ? 'holds' : 'fails', claims }
}

/** RFC 9162, 2.1.3.2. @param {any} entry @param {string[]} path @param {any} point */
async function included(entry, path, point) {
  let [at, last] = [entry.seq, point.size - 1]
  if (!Number.isSafeInteger(at) || at < 0 || at > last) return false
  let hash = await sha256(Uint8Array.of(0), text.encode(canonical(entry)))
  for (const step of path) {
    if (last === 0) return false
    const beside = bytes(step)
    if (at % 2 === 1 || at === last) {
      hash = await sha256(Uint8Array.of(1), beside, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else {
      hash = await sha256(Uint8Array.of(1), hash, beside)
    }
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 && base64Url(hash) === point.root
}

/** Throws where there is more: a misspelt opening is none that was left out. @param {any} value @param {string[]} members */
function only(value, members) {
  for (const name of Object.keys(value ?? {})) if (!members.includes(name)) throw new Error(name)
}

/** @param {any} event @param {any} given @param {any} point */
async function checkEntry(event, given, point) {
  const logged = given.log.find((/** @type {any} */ { record_id }) => record_id === event.record_id)
  let opened = 'absent'
  if (logged?.opening) {
    const { nonce, act } = logged.opening
    if (!/^[0-9a-f]{64}$/.test(nonce)) throw new Error('no nonce')
    const random = Uint8Array.from(nonce.match(/../g), (pair) => Number.parseInt(pair, 16))
    const commit = base64Url(await sha256(random, text.encode(canonical(act))))
    opened = commit === logged.entry.commit && act.event.id === event.record_id ? 'holds' : 'fails'
  }
  // A receipt from before there was a log names no commitment: then only the opened act ties the entry to it.
  const tied = event.commitment === undefined ? opened === 'holds' : logged?.entry.commit === event.commitment
  const fits =
    logged &&
    point &&
    tied &&
    logged.entry.type === event.state &&
    (logged.entry.notice_hash ?? '') === event.notice_sha256 &&
    logged.entry.log === point.log &&
    (await included(logged.entry, logged.path, point))
  return { ...(await checkedAlone(event)), logged: logged ? (fits ? 'holds' : 'fails') : 'absent', opened }
}

/** What can be told from the receipt alone. An objection answers no published text. @param {any} event */
async function checkedAlone(event) {
  const { id: purpose, brand, channel: contactChannel } = event.purpose
  for (const said of [event.state, event.event_state, purpose, brand, contactChannel]) {
    if (typeof said !== 'string') throw new Error('nothing is said')
  }
  const yes = event.state === 'given' || event.state === 'confirmed'
  const same = base64Url(await sha256(text.encode(event.wording))) === event.notice_sha256
  return {
    recordId: event.record_id,
    state: event.state,
    eventState: event.event_state,
    // A yes that a system reported, without anything of the person's own.
    claimed: yes && event.event_state !== 'https://w3id.org/dpv#ConsentGiven',
    at: event.event_time,
    wording: event.wording,
    purpose,
    brand,
    contactChannel,
    words: event.notice_sha256 === '' ? 'absent' : same ? 'holds' : 'fails',
    logged: 'absent',
    opened: 'absent',
  }
}

/** What its holder chose to show (RFC 9901, 7.1). Throws for what was not signed. @param {any} claims @param {string[]} disclosures */
async function revealed(claims, disclosures) {
  const closed = new Map()
  for (const one of disclosures) {
    closed.set(base64Url(await sha256(text.encode(one))), JSON.parse(read.decode(bytes(one))))
  }
  const met = new Set()
  const refuse = (/** @type {boolean} */ reason) => {
    if (reason) throw new Error('refused')
  }
  const open = (/** @type {any} */ digest, /** @type {number} */ length) => {
    refuse(typeof digest !== 'string' || met.has(digest))
    met.add(digest)
    const found = closed.get(digest)
    refuse(found && (!Array.isArray(found) || found.length !== length || typeof found[0] !== 'string'))
    return found
  }
  /** @param {any} value @param {number} depth @returns {any} */
  const walk = (value, depth) => {
    refuse(depth > 32)
    if (Array.isArray(value)) {
      return value.flatMap((one) => {
        if (one === null || typeof one !== 'object' || !Object.hasOwn(one, '...'))
          return [walk(one, depth + 1)]
        refuse(Object.keys(one).length !== 1)
        const found = open(one['...'], 2)
        return found ? [walk(found[1], depth + 1)] : []
      })
    }
    if (typeof value !== 'object' || value === null) return value
    const { _sd: digests = [], ...plain } = value
    refuse(!Array.isArray(digests) || Object.hasOwn(plain, '...'))
    const members = new Map(Object.entries(plain).map(([name, one]) => [name, walk(one, depth + 1)]))
    for (const digest of digests) {
      const found = open(digest, 3)
      if (!found) continue
      const [, name, hidden] = found
      refuse(typeof name !== 'string' || ['_sd', '...'].includes(name) || members.has(name))
      members.set(name, walk(hidden, depth + 1))
    }
    return Object.fromEntries(members)
  }
  const { _sd_alg: hash = 'sha-256', ...rest } = claims
  const shown = walk(rest, 0)
  refuse(hash !== 'sha-256' || closed.size !== disclosures.length)
  refuse([...closed.keys()].some((digest) => !met.has(digest)))
  return shown
}

/** @param {string} credential @param {any[]} keys */
async function checkCredential(credential, keys) {
  const [jws = '', ...disclosures] = credential.split('~').slice(0, -1)
  const { signature, claims } = await checkJws(jws, keys, 'dc+sd-jwt')
  const { iss, iat, vct } = claims
  if (vct !== `${iss}/credentials/consent-receipt/1` || typeof iat !== 'number')
    throw new Error('another type')
  const about = { checkpoint: 'absent', issuer: iss, issuedAt: iat * 1000, selective: true }
  const shown = await revealed(claims, disclosures).catch(() => undefined)
  if (!shown) return { ...about, outcome: 'broken', signature: 'fails', receiptId: '', entries: [] }
  const entries = []
  for (const event of shown.decisions) entries.push(await checkedAlone(event))
  if (entries.length === 0) throw new Error('nothing is shown')
  const broken = signature === 'fails' || entries.some(({ words }) => words === 'fails')
  return {
    ...about,
    outcome: broken ? 'broken' : signature === 'unknown-key' ? 'unknown-key' : 'genuine',
    signature,
    receiptId: shown.receipt_id ?? '',
    entries,
  }
}

const jwsShape = /^[\w-]+\.[\w-]+\.[\w-]+$/
const credentialShape = /^[\w-]+\.[\w-]+\.[\w-]+~(?:[\w-]+~)*$/

/** @param {string} file A receipt, the file with its proofs, or a credential as its holder shows it. @param {any[]} keys Trusted JWKs. */
export async function checkReceipt(file, keys) {
  try {
    if (credentialShape.test(file.trim())) return await checkCredential(file.trim(), keys)
    const bare = jwsShape.test(file.trim())
    const given = bare ? { receipt: file.trim(), checkpoint: null, log: [] } : JSON.parse(file)
    if (!bare && given.format !== 'placet-receipt/1') throw new Error('another format')
    only(given, ['format', 'receipt', 'keys', 'checkpoint', 'log'])
    const receipt = await checkJws(given.receipt, keys, 'consent-receipt+jwt')
    const signed = given.checkpoint && (await checkJws(given.checkpoint, keys, 'placet-checkpoint+jwt'))
    const { iss, iat, jti, receipt: said } = receipt.claims
    for (const one of given.log) {
      only(one, ['record_id', 'entry', 'path', 'opening'])
      only(one.opening, ['nonce', 'act'])
    }
    const entries = []
    for (const event of said.events) entries.push(await checkEntry(event, given, signed?.claims))
    // One entry for each act and none besides: a second one of the same act would go unchecked.
    const told = given.log.map((/** @type {any} */ { record_id }) => record_id)
    const strange = told.some(
      (/** @type {any} */ id, /** @type {number} */ at) =>
        !entries.some(({ recordId }) => recordId === id) || told.indexOf(id) !== at,
    )
    const signatures = [receipt.signature, signed?.signature]
    const broken =
      strange ||
      signatures.includes('fails') ||
      entries.some(({ words, logged, opened }) => [words, logged, opened].includes('fails'))
    return {
      outcome: broken ? 'broken' : signatures.includes('unknown-key') ? 'unknown-key' : 'genuine',
      signature: receipt.signature,
      checkpoint: signed?.signature ?? 'absent',
      issuer: iss,
      receiptId: jti,
      issuedAt: iat * 1000,
      selective: false,
      entries,
    }
  } catch {
    return {
      outcome: 'no-receipt',
      signature: 'fails',
      checkpoint: 'absent',
      issuer: '',
      receiptId: '',
      issuedAt: 0,
      selective: false,
      entries: [],
    }
  }
}
