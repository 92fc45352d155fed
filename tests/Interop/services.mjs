// A stock iroh client speaks every service of the virtual board, which runs the real firmware, through our relay, byte by byte: the
// expected bytes come from the vectors, where the board's air is that of the vectors.
import { readFileSync } from 'node:fs'
import { ECHO_ALPN, bytes, check, echoOnce, finish, repositoryRoot, scenario, sleep, startRelay, stockEndpoint, until, within } from './lib.mjs'
import { Fields, ask, dial, frame, leb, startBoard, text } from './lib-board.mjs'

const FAN = 'smart-fan/sensor/0'
const LOG = 'iroh-esp32/sensor/0'
const NODE = 'irohlite/node/0'
const API_SECRET = '00112233445566ff'
const vectors = JSON.parse(readFileSync(`${repositoryRoot}tests/vectors/irpc/irpc.json`))
const answerTo = (service, name, test) => vectors[service].responses.find((one) => one.name === name && test(one)).stream_hex

const relay = await startRelay()
const owner = await stockEndpoint({ relay: relay.url })
const stranger = await stockEndpoint({ relay: relay.url })
await within('online()', Promise.all([owner.online(), stranger.online()]))
const config = [`API_SECRET=${API_SECRET}`, `OWNERS=${owner.id()}`, 'RECORD_SECONDS=2']
const board = await startBoard({ relay: relay.url, config })
const reasonOf = (connection) => within('close', connection.closed())
const CLOSED_0 = /^closed by peer: *(\(code 0\)|0)$/

let restarted
let restartedAt
let refusedAt
const secondsSinceRestart = () => (performance.now() - restartedAt) / 1000
await scenario('before the first reading', async () => {
  restartedAt = performance.now()
  restarted = board.order('sensor inside fail')
  board.order('restart')
  await board.next(/Long ticket:/, restarted)
  const fan = await dial(owner, board, FAN)
  const [latest, status] = [await ask(fan, '0100'), await ask(fan, '0101')]
  check(latest === answerTo('smart_fan', 'GetLatest', (one) => one.reading === null), `GetLatest is None: ${latest}`)
  check(status === answerTo('smart_fan', 'GetStatus', (one) => one.status === null), `GetStatus is None: ${status}`)
  fan.close(0n, [])
  board.order('sensor inside ok')
})

await scenario('both echoes', async () => {
  for (const alpn of [ECHO_ALPN, 'echo/0']) {
    const connection = await dial(owner, board, alpn)
    check(connection.remoteId().equals(board.addr.id()), `${alpn}: it is the board`)
    check((await echoOnce(connection, 'Hello from iroh!')).toString() === 'Hello from iroh!', `${alpn}: 16 bytes come back`)
    const large = Buffer.from(Array.from({ length: 50000 }, (_, i) => (i * 7) & 0xff))
    check((await within('echo', echoOnce(connection, large))).equals(large), `${alpn}: 50,000 bytes come back through the board's small buffers`)
    check(connection.paths().every((path) => path.isRelay), `${alpn}: by the relay`)
    connection.close(0n, bytes('done'))
  }
})

await scenario(FAN, async () => {
  // Three reads must agree before one is believed.
  await board.next(/^Inside: 23\.5 C {2}41\.2 %$/, restarted)
  const fan = await dial(owner, board, FAN)
  const off25 = answerTo('smart_fan', 'GetStatus', (one) => one.status?.threshold === 25)
  check((await ask(fan, '0100')) === answerTo('smart_fan', 'GetLatest', (one) => one.reading?.temperature === 23.5), 'GetLatest is 23.5 degrees at 41.2 %')
  check((await ask(fan, '0101')) === off25, 'GetStatus has the fan off and the threshold 25')
  for (const { hex, means } of vectors.good_but_odd_requests) check((await ask(fan, hex)) === off25, `${hex}: ${means}`)
  check((await ask(fan, `${frame(1, Buffer.alloc(1023, 0xee))}`)) === off25, 'a request of exactly 1024 bytes')
  const slow = await fan.openBi()
  for (const one of Buffer.from('0101', 'hex')) {
    await slow.send.writeAll([one])
    await sleep(150)
  }
  check(Buffer.from(await within('answer', slow.recv.readToEnd(100))).toString('hex') === off25, 'the answer comes while the request stream is still open')
  await slow.send.finish()
  const eight = await within('8 at once', Promise.all(Array.from({ length: 8 }, () => ask(fan, '0101'))))
  check(eight.every((answer) => answer === off25), '8 requests at once on one connection')

  const words = { Ok: '0100', Unauthorized: '0101', OutOfRange: '0102' }
  let threshold = 25
  for (const { stream_hex, secret, threshold: wanted } of vectors.smart_fan.requests.filter((one) => one.name === 'SetThreshold')) {
    const word = secret !== API_SECRET ? 'Unauthorized' : wanted >= 10 && wanted <= 50 ? 'Ok' : 'OutOfRange'
    if (word === 'Ok') threshold = wanted
    if (word === 'Unauthorized') refusedAt = performance.now()
    check((await ask(fan, stream_hex)) === words[word], `SetThreshold ${wanted} with ${secret.length > 20 ? 'a long secret' : `'${secret}'`}: ${word}`)
    const status = new Fields(await ask(fan, '0101')).frame()
    const seen = status.optional(() => [status.float(), status.float(), status.byte(), status.float()])
    check(seen[3] === threshold && seen[2] === (threshold <= 23.5 ? 1 : 0), `  then the threshold is ${threshold}, the fan ${seen[2] ? 'on' : 'off'}`)
  }
  const on20 = answerTo('smart_fan', 'GetStatus', (one) => one.status?.threshold === 20)
  const set = (value, secret = API_SECRET) => {
    const float = Buffer.alloc(4)
    float.writeFloatLE(value)
    return frame(2, text(secret), float)
  }
  check((await ask(fan, set(20))) === words.Ok && (await ask(fan, '0101')) === on20, 'SetThreshold 20 is applied when its answer comes: the fan is on')

  // A browser page commands over a second connection while the first keeps polling.
  const second = await dial(owner, board, FAN)
  check((await ask(second, set(25))) === words.Ok && (await ask(second, '0101')) === off25, 'a second connection of the same id sets 25')
  check((await ask(fan, '0101')) === off25 && fan.closeReason() === null, 'the first one stays and sees it')
  const third = await dial(owner, board, FAN)
  const evicted = await reasonOf(fan)
  check(CLOSED_0.test(evicted), `a third one ends the first with code 0: ${evicted}`)
  check((await ask(second, '0101')) === off25 && (await ask(third, '0101')) === off25, 'the other two go on')
  const foreign = await dial(stranger, board, FAN)
  check((await ask(foreign, '0101')) === off25 && second.closeReason() === null, 'a client with another id ends nobody')
  for (const connection of [second, third, foreign]) connection.close(0n, [])
})

await scenario('requests that are wrong', async () => {
  for (const { hex, why } of vectors.bad_requests) {
    const connection = await dial(owner, board, FAN)
    const reason = await refused(connection, hex)
    const tooLong = why.includes('16 MiB')
    const expected = tooLong ? reason === 'closed by peer: request exceeded max message size (code 1)' : CLOSED_0.test(reason)
    check(expected, `${hex || 'no byte'} (${why}): ${reason}`)
  }
  for (const [hex, what] of [['8108', '1025 bytes'], ['ffffffffffffffffff01', 'the largest length']]) {
    const reason = await refused(await dial(owner, board, FAN), hex)
    check(reason === 'closed by peer: request exceeded max message size (code 1)', `a request of ${what}: ${reason}`)
  }
  for (const [alpn, hex, what] of [[LOG, '0102', 'an unknown request'], [LOG, '020100', 'a GetLog without its limit'], [NODE, '0107', 'an unknown request'], [NODE, '0102', 'a SetSwitch without its fields']]) {
    const reason = await refused(await dial(owner, board, alpn), hex)
    check(CLOSED_0.test(reason), `${alpn}, ${what}: ${reason}`)
  }
  const after = await dial(owner, board, FAN)
  check((await ask(after, '0100')).startsWith('0901'), 'and the board keeps answering')
  after.close(0n, [])
})

await scenario(LOG, async () => {
  // The fan runs until a record tells it, and the log is followed as n0's client does: from the last id on.
  const node = await dial(owner, board, NODE)
  readings(await ask(node, frame(2, 1, leb(0), text('for the log'))))
  const following = await dial(owner, board, LOG)
  const followed = []
  await until('seven records, one with the fan on', async () => {
    followed.push(...recordsOf(await ask(following, frame(1, leb(followed.length), leb(4294967295)))))
    return followed.length >= 7 && followed.some((one) => one.fan)
  }, 300)
  readings(await ask(node, frame(2, 2, leb(0), text(''))))
  check(followed.every((one, i) => one.id === i), 'following the log misses none and repeats none')
  node.close(0n, [])
  following.close(0n, [])
  const log = await dial(owner, board, LOG)
  const latestFrame = await ask(log, '0100')
  const latest = new Fields(latestFrame).frame()
  const record = latest.optional(() => latest.record())
  const expected = frame(1, ...recordBytes(record.id, record.time, true, true, record.fan))
  check(latestFrame === expected && latest.rest === 0, `GetLatest: record ${record.id} in the bytes of the vectors`)
  check(Math.abs(record.time - Date.now() / 1000) < 30, `its time is now: ${new Date(record.time * 1000).toISOString()}`)

  const fixed = vectors.iroh_esp32.requests.map((one) => one.stream_hex)
  const [all, ...none] = await Promise.all([fixed[1], fixed[2], fixed[4], fixed[6], fixed[7]].map((hex) => ask(log, hex)))
  check(none.every((answer) => answer === ''), 'GetLog with limit 0 and from ids that are not there yet: an empty stream')
  const records = recordsOf(all)
  check(records.length >= record.id + 1 && records.every((one, i) => one.id === i), `GetLog from 0: ${records.length} records with rising ids`)
  check(records[0].inside === null && records[0].outside === null, 'the first has no reading yet')
  check(records.every((one, i) => i === 0 || one.time >= records[i - 1].time), 'their times rise')
  const whole = records.map((one) => frame(...recordBytes(one.id, one.time, one.inside !== null, one.outside !== null, one.fan))).join('')
  check(all === whole, `all ${all.length / 2} bytes are as they should be`)
  check(records.some((one) => one.fan) && records.some((one) => !one.fan), 'they tell when the fan ran')
  const two = recordsOf(await ask(log, fixed[5]))
  check(two.length === 2 && two[0].id === 5 && two[1].id === 6, 'GetLog from 5, at most 2')

  const hungUp = await log.openBi()
  await hungUp.send.writeAll(bytes('\x07\x01\x00'))
  await hungUp.recv.stop(0n)
  await hungUp.send.reset(0n)
  const given = await log.openBi()
  await given.send.writeAll(Array.from(Buffer.from('070100ffffffff0f', 'hex')))
  await given.recv.stop(0n)
  await given.send.finish()
  check((await ask(log, '0100')).length > 20 && log.closeReason() === null, 'a client that loses interest in two answers gets the next one on the same connection')
  log.close(0n, [])
})

await scenario(`${NODE} as owner`, async () => {
  const node = await dial(owner, board, NODE)
  const about = describe(await ask(node, '0100'))
  check(about.board === 'virtual' && about.relay === relay.url && about.relayOnline, `describe: ${about.model}, ${about.firmware}, board ${about.board}, relay ${about.relay}`)
  check(about.owner && !about.safeMode && about.signal === -55 && about.heapFree <= about.heapTotal, `describe: signal ${about.signal} dBm, ${about.heapFree} of ${about.heapTotal} bytes free, I am its owner`)
  check(Math.abs(about.unix - Date.now() / 1000) < 30 && about.uptime <= secondsSinceRestart() && about.reset === 7, `describe: up ${about.uptime} s after an external reset`)
  check(about.sensors.length === 2 && about.sensors.every((one) => one.model === 'DHT22' && one.good > 0), `describe: ${about.sensors.map((one) => `${one.model}, ${one.good} good reads`).join('; ')}`)

  // A busy board is late with a reading now and then, not every time.
  let seen
  await until('fresh readings', async () => (seen = readings(await ask(node, '0101'))).sensors.every((one) => one.value[0] < 5000))
  check(seen.sensors.length === 2 && seen.sensors.every((one) => one.quality === 1 && one.fault === 0 && one.value[0] < 5000), 'readings: both fresh, with their age')
  check(seen.sensors[0].value[1] === 235 && seen.sensors[0].value[2] === 412 && seen.sensors[1].value[1] === -53 && seen.sensors[1].value[2] === 805, 'readings: 23.5 41.2, -5.3 80.5')
  check(!seen.on && seen.mode === 0 && seen.threshold === 250 && seen.remaining === null, 'readings: the fan is off by its threshold')

  const askedAt = performance.now()
  const on = readings(await ask(node, '0b0201d80406647279696e67'))
  const tookMs = performance.now() - askedAt
  check(on.on && on.mode === 2 && on.reason === 'drying' && on.remaining > 599000 - tookMs && on.remaining <= 600000, `switch on for ten minutes: ${on.reason}, ${on.remaining} ms left`)
  await board.next(/^switch on via API$/)
  const off = readings(await ask(node, frame(2, 0, leb(0), text(''))))
  check(!off.on && off.mode === 2 && off.reason === 'owner' && off.remaining === null, 'switch off until revoked')
  const auto = readings(await ask(node, frame(2, 2, leb(0), text(''))))
  check(auto.mode === 0 && !auto.on, 'switch automatic')
  const brief = readings(await ask(node, frame(2, 1, leb(1), text('brief'))))
  let ended
  await until('the end of the command', async () => !(ended = readings(await ask(node, '0101'))).on)
  check(brief.on && !ended.on && ended.mode === 0, `a command for a second ends by itself: ${ended.reason}`)
  check(refusalOf(await ask(node, frame(2, 3, leb(0), text('')))) === 'outcome 3: mode: 0 off, 1 on, 2 automatic', 'a mode that is none is Invalid')
  check(refusalOf(await ask(node, frame(2, 1, leb(604801), text('')))) === 'outcome 3: auto_off_seconds: at most 604800', 'more than a week is Invalid')

  const settings = new Fields(await ask(node, '0103')).frame()
  const list = settings.byte() === 0 && Object.fromEntries(settings.list(() => [settings.text(), settings.text()]))
  check(JSON.stringify(list) === '{"reading":"open","threshold":"25.0","publish":"off"}', `settings: ${JSON.stringify(list)}`)
  check((await ask(node, frame(4, text('threshold'), text('20.0')))) === '0100' && readings(await ask(node, '0101')).on, 'the setting threshold is applied at once')
  check(refusalOf(await ask(node, frame(4, text('threshold'), text('9.9')))).startsWith('outcome 3: threshold: 10.0 to 50.0'), 'a threshold of 9.9 is Invalid')
  check((await ask(node, frame(4, text('threshold'), text('25.0')))) === '0100', 'the threshold goes back')
  node.close(0n, [])
})

await scenario(`${NODE} as a stranger, who is made an owner`, async () => {
  // The wrong secrets above and the refusal below together are as many as the board bears in ten seconds.
  await sleep(Math.max(0, refusedAt + 11000 - performance.now()))
  const theirs = await dial(stranger, board, NODE)
  check(!describe(await ask(theirs, '0100')).owner, 'describe says that this is no owner')
  check(readings(await ask(theirs, '0101')).sensors.length === 2, 'readings are open to everybody')
  const no = await ask(theirs, '0b0201d80406647279696e67')
  check(refusalOf(no) === 'outcome 1: this endpoint id is not an owner', `switch: ${refusalOf(no)}`)
  await board.next(new RegExp(`^rejected control request of ${stranger.id().toString().slice(0, 10)}: this endpoint id is not an owner$`))
  const mine = await dial(owner, board, NODE)
  const id = Buffer.from(stranger.id().toBytes())
  check((await ask(mine, frame(5, id))) === '0100' && describe(await ask(theirs, '0100')).owner, 'an owner adds the stranger')
  check(readings(await ask(theirs, frame(2, 1, leb(0), text('me now')))).reason === 'me now', 'who may switch now')
  readings(await ask(theirs, frame(2, 2, leb(0), text(''))))
  check((await ask(mine, frame(6, id))) === '0100' && !describe(await ask(theirs, '0100')).owner, 'and removes them again')
  check(refusalOf(await ask(mine, frame(6, Buffer.from(owner.id().toBytes())))) === 'outcome 4: this owner stands in wifi.secrets', 'an owner of wifi.secrets cannot be removed')
  check((await ask(mine, frame(4, text('reading'), text('owners')))) === '0100' && refusalOf(await ask(theirs, '0101')) === 'outcome 1: reading is for owners only', 'reading can be for owners only')
  check((await ask(mine, frame(4, text('reading'), text('open')))) === '0100', 'and is opened again')
  mine.close(0n, [])
  theirs.close(0n, [])
})

await scenario('a restart, and WiFi that goes and comes', async () => {
  const fan = await dial(owner, board, FAN)
  restartedAt = performance.now()
  let mark = board.order('restart')
  const reason = await reasonOf(fan)
  check(CLOSED_0.test(reason), `a restart closes with code 0: ${reason}`)
  await board.next(/Long ticket:/, mark)
  const again = await dial(owner, board, NODE)
  const about = describe(await ask(again, '0100'))
  check(about.reset === 7 && about.uptime <= secondsSinceRestart(), `the same ticket reaches the restarted board: reset reason ${about.reset}, up ${about.uptime} s`)

  mark = board.order('wifi drop')
  await board.next(/^WiFi disconnected/, mark)
  const lost = await reasonOf(again)
  check(lost !== null, `WiFi is gone: ${lost}`)
  await board.next(/^WiFi failed: network not available$/, mark)
  board.order('wifi restore')
  await board.next(/Long ticket:/, mark)
  const back = await dial(owner, board, NODE)
  check(describe(await ask(back, '0100')).relayOnline, 'WiFi is back: the same ticket reaches the board')
  back.close(0n, [])
})

await scenario('refusals that are too many', async () => {
  const [mine, fan] = [await dial(owner, board, NODE), await dial(owner, board, FAN)]
  const guess = frame(2, text('guessing'), Buffer.from('0000c841', 'hex'))
  // All of it within the ten seconds the board counts for.
  const guesses = () => Promise.all(Array.from({ length: 5 }, () => ask(fan, guess)))
  await guesses()
  check((await ask(fan, vectors.smart_fan.requests[2].stream_hex)) === '0101', 'after five wrong secrets the right one is Unauthorized as well')
  const limited = new Fields(await ask(mine, frame(2, 2, leb(0), text('')))).frame()
  check(limited.byte() === 2 && limited.number() <= 10000, 'and a control request RateLimited')
  check(readings(await ask(mine, '0101')).sensors.length === 2, 'reading stays possible')
  const rejected = board.lines.filter((line) => line.startsWith('rejected SetThreshold')).length
  await guesses()
  check(board.lines.filter((line) => line.startsWith('rejected SetThreshold')).length === rejected, 'no more lines on the serial port')
  mine.close(0n, [])
  fan.close(0n, [])
})

await scenario('a crash', async () => {
  const polling = await dial(owner, board, FAN)
  check((await ask(polling, '0101')).startsWith('0e01') || (await ask(polling, '0101')) === '0100', 'a client polls')
  await board.kill()
  const begin = performance.now()
  const revived = await startBoard({ relay: relay.url, config })
  check(revived.addr.id().equals(board.addr.id()) && revived.ticket === board.ticket, 'the board comes back with its id and its ticket')
  ask(polling, '0101').catch(() => {})
  const reason = await reasonOf(polling)
  check(reason.includes('reset by peer'), `the old connection is told at once, by a stateless reset: ${reason} (${Math.round(performance.now() - begin)} ms)`)
  const next = await dial(owner, revived, NODE)
  check(describe(await ask(next, '0100')).owner, 'and the next one works')
  const ended = reasonOf(next)
  const code = await revived.stop()
  check(code === 0 && CLOSED_0.test(await ended), `an orderly end closes with code 0: ${await ended}, exit code ${code}`)
})

await Promise.all([owner.close(), stranger.close()])
check((await relay.stop()) === 0, 'the relay ends cleanly')
finish()

/** Sends bytes and waits for the end of the connection. */
async function refused(connection, hex) {
  const stream = await connection.openBi()
  if (hex) await stream.send.writeAll(Array.from(Buffer.from(hex, 'hex')))
  await stream.send.finish()
  return reasonOf(connection)
}

/** A record of the board's air inside and outside, or without it. */
function recordBytes(id, time, hasInside, hasOutside, fan) {
  const inside = hasInside ? '010000bc41cdcc2442' : '00'
  const outside = hasOutside ? '019a99a9c00000a142' : '00'
  return [leb(id), leb(time), Buffer.from(inside + outside, 'hex'), fan ? 1 : 0]
}

function recordsOf(hex) {
  const answer = new Fields(hex)
  const records = []
  while (answer.rest > 0) {
    const one = answer.frame()
    records.push(one.record())
    if (one.rest > 0) throw new Error(`${one.rest} bytes behind record ${records.length - 1}`)
  }
  return records
}

/** An answer of node/0 that is Ok and fits exactly. */
function okay(hex, read) {
  const answer = new Fields(hex)
  const f = answer.frame()
  if (f.byte() !== 0 || answer.rest > 0) throw new Error(`not Ok: ${hex}`)
  const value = read(f)
  if (f.rest > 0) throw new Error(`${f.rest} bytes too many: ${hex}`)
  return value
}

function describe(hex) {
  return okay(hex, (f) => ({
    model: f.text(), firmware: f.text(), board: f.text(), uptime: f.number(), reset: f.byte(), boots: f.number(), heapFree: f.number(), heapTotal: f.number(),
    relay: f.optional(() => f.text()), relayOnline: f.byte() === 1, signal: f.optional(() => f.signed()), unix: f.optional(() => f.number()),
    safeMode: f.byte() === 1, owner: f.byte() === 1, sensors: f.list(() => ({ place: f.byte(), model: f.text(), good: f.number(), failed: f.number() })),
  }))
}

function readings(hex) {
  return okay(hex, (f) => ({
    sensors: f.list(() => ({ place: f.byte(), quality: f.byte(), fault: f.byte(), value: f.optional(() => [f.number(), f.signed(), f.number()]) })),
    on: f.byte() === 1, mode: f.byte(), reason: f.text(), threshold: f.number(), remaining: f.optional(() => f.number()),
  }))
}

/** Outcome and reason of a refusal of node/0. */
function refusalOf(hex) {
  const f = new Fields(hex).frame()
  return `outcome ${f.byte()}: ${f.text()}`
}
