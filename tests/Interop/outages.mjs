// Connections and what befalls them: silence, a relay that is away for 8 s, and peers that are killed and come back.
import { connect, createServer } from 'node:net'
import { fork } from 'node:child_process'
import { ECHO_ALPN, bytes, check, dialAndEcho, echoOnce, finish, iroh, keptPort, relayAddr, relayMetric, scenario, serveEcho, sleep, startRelay, stockEndpoint, until, within } from './lib.mjs'
import { startPeer } from './lib-peer.mjs'

// As a child: a stock endpoint that can be killed.
if (process.argv[2] === 'stock') await beStock()

const ticketOf = (addr) => iroh.EndpointTicket.fromAddr(addr).toString()
const secretOf = (fill) => Buffer.alloc(32, fill)
const OUTAGE_MS = 8000

// They wait more than they work, so they run at once.
await Promise.all([
  scenario('silence', silence),
  scenario('relay outage', relayOutage),
  scenario('ours is killed, direct', () => oursKilled('directly')),
  scenario('ours is killed, relay', () => oursKilled('through the relay')),
  scenario('stock is killed, direct', () => stockKilled('directly')),
  scenario('stock is killed, relay', () => stockKilled('through the relay')),
])
finish()

/** Nothing is said for 12.5 s on four connections: we as server and client, direct and relayed; then they still work. */
async function silence() {
  const relay = await startRelay()
  const peer = await startPeer()
  // Without a keep-alive of ours, so that theirs is heard and answered.
  const board = await peer.call('bind', { udp: '127.0.0.1:0', relay: relay.url, serve: [ECHO_ALPN], keepAliveMs: 0 })
  const { ticket } = await peer.call('online')
  const both = iroh.EndpointTicket.fromString(ticket).endpointAddr()
  const stock = await stockEndpoint({ relay: relay.url, bind: '127.0.0.1:0' })
  serveEcho(stock)
  await within('online()', stock.online())
  const places = { directly: new iroh.EndpointAddr(both.id(), null, both.directAddresses()), 'through the relay': relayAddr(both.id(), relay.url) }
  const theirs = { directly: new iroh.EndpointAddr(stock.id(), null, [stock.boundSockets()[0]]), 'through the relay': relayAddr(stock.id(), relay.url) }
  const held = []
  for (const way of Object.keys(places)) {
    const connection = await within('dial', stock.connect(places[way], bytes(ECHO_ALPN)))
    const accepted = await peer.next('accepted')
    const dialed = await peer.call('connect', { endpoint: board.endpoint, ticket: ticketOf(theirs[way]) })
    held.push({ way, connection, accepted, dialed })
    await echoOnce(connection, 'before')
    await peer.call('echo', { connection: dialed.connection, text: 'before' })
  }
  await sleep(1000)
  for (const one of held) one.before = await peer.call('info', { connection: one.accepted.connection })
  const begin = performance.now()
  await sleep(12500)
  for (const { way, connection, accepted, dialed, before } of held) {
    const after = await peer.call('info', { connection: accepted.connection })
    const heard = after.packetsReceived - before.packetsReceived
    // At most 8 in 12.5 s; a busy computer may let it last longer.
    const most = (8 * (performance.now() - begin)) / 12500
    check(heard >= 2 && heard <= most && after.packetsSent - before.packetsSent >= 2, `12.5 s of silence ${way}: ${heard} keep-alive packets came and were answered`)
    check((await within('echo', echoOnce(connection, 'after'))).toString() === 'after', `then theirs still works ${way}`)
    const echo = await peer.call('echo', { connection: dialed.connection, text: 'after' })
    check(echo.text === 'after', `and ours ${way}`)
  }
  await stock.close()
  check((await peer.stop()) === 0, 'our side ends cleanly')
  await relay.stop()
}

/** The relay is away for 8 s in the midst of transfers each way; the connections survive and lose nothing. */
async function relayOutage() {
  let relay = await startRelay()
  const door = await openDoor(() => relay.url)
  const peer = await startPeer()
  await peer.call('bind', { log: true, relay: door.url, serve: [ECHO_ALPN] })
  const { ticket } = await peer.call('online')
  const stock = await stockEndpoint({ relay: door.url })
  serveEcho(stock)
  await within('online()', stock.online())
  const connection = await within('dial', stock.connect(iroh.EndpointTicket.fromString(ticket).endpointAddr(), bytes(ECHO_ALPN)))
  const accepted = await peer.next('accepted')
  const dialed = await peer.call('connect', { ticket: ticketOf(relayAddr(stock.id(), door.url)) })
  check((await echoOnce(connection, 'before')).toString() === 'before', 'before the outage: echo')

  // Four transfers a second until the end, so that the outage falls into some.
  let running = true
  const large = Buffer.alloc(100000, 'outage')
  const counts = { theirs: 0, ours: 0 }
  const theirs = (async () => {
    while (running) {
      if (!(await echoOnce(connection, large)).equals(large)) throw new Error('the echo differs')
      counts.theirs++
      await sleep(50)
    }
  })()
  const ours = (async () => {
    while (running) {
      const echo = await peer.call('echo', { connection: dialed.connection, size: large.length, timeoutMs: 60000 })
      if (!echo.same) throw new Error('the echo differs')
      counts.ours++
      await sleep(50)
    }
  })()
  theirs.catch(() => {})
  ours.catch(() => {})
  await until('transfers each way', () => counts.theirs > 0 && counts.ours > 0)
  await sleep(100)
  door.shut()
  const before = { ...counts }
  check(before.theirs > 0 && before.ours > 0, `before the outage: ${before.theirs} and ${before.ours} transfers`)
  const restart = relay.stop().then(() => startRelay())
  await sleep(OUTAGE_MS)
  relay = await restart
  const during = { theirs: counts.theirs - before.theirs, ours: counts.ours - before.ours }
  check(during.theirs <= 1 && during.ours <= 1, `during the outage: none but those whose end was on its way (${during.theirs} and ${during.ours})`)
  await door.open()

  // A stock endpoint tries a relay at growing intervals, after 8 s some 5 s apart; and its probes are as far apart by then.
  const start = performance.now()
  await until('both at the relay', async () => (await relayMetric(relay.url, 'endpoints_online')) >= 2)
  const back = performance.now()
  await until('going on', () => counts.theirs - before.theirs >= during.theirs + 2 && counts.ours - before.ours >= during.ours + 2)
  const took = Math.round(performance.now() - back)
  // Long before the connections would be given up, 30 s after the last word. Some of it is a busy computer's own.
  check(took < 20000, `after ${OUTAGE_MS / 1000} s without a relay both are back at it in ${Math.round(back - start)} ms, and go on after ${took} ms`)
  running = false
  await within('the last transfers', Promise.all([theirs, ours]))
  const info = await peer.call('info', { connection: accepted.connection })
  check(connection.closeReason() === null && !info.isClosed, 'on the same connections')
  check((await peer.call('online')).online, 'we are online again')
  await stock.close()
  check((await peer.stop()) === 0, 'our side ends cleanly')
  door.shut()
  await relay.stop()
}

/** Our process is killed and comes back with its key: the stock peer learns of it by a stateless reset, and dials again. */
async function oursKilled(way) {
  const direct = way === 'directly'
  const relay = direct ? null : await startRelay()
  const secret = secretOf(direct ? 3 : 4).toString('hex')
  const settings = { secret, serve: [ECHO_ALPN], ...(direct ? { udp: `127.0.0.1:${keptPort()}` } : { relay: relay.url }) }
  let peer = await startPeer()
  await peer.call('bind', settings)
  const { ticket } = await peer.call('online')
  const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
  const client = await stockEndpoint(direct ? {} : { relay: relay.url })
  if (!direct) await within('online()', client.online())
  const connection = await within('dial', client.connect(addr, bytes(ECHO_ALPN)))
  check((await echoOnce(connection, 'before')).toString() === 'before', `killed ${way}: echo before`)
  await peer.kill()
  peer = await startPeer()
  await peer.call('bind', settings)
  await peer.call('online')
  const begin = performance.now()
  const reason = await within('the reset', connection.closed())
  const took = Math.round(performance.now() - begin)
  check(reason.includes('reset'), `killed ${way}: the stock peer notices in ${took} ms: ${reason}`)
  check((await within('echo', dialAndEcho(client, addr, 'again'))).toString() === 'again', `killed ${way}: and dials us again`)
  await client.close()
  check((await peer.stop()) === 0, `killed ${way}: our side ends cleanly`)
  if (relay) await relay.stop()
}

/** A stock process is killed and comes back with its key: our connection ends, and we dial again. */
async function stockKilled(way) {
  const direct = way === 'directly'
  const relay = direct ? null : await startRelay()
  const secret = secretOf(direct ? 5 : 6).toString('hex')
  const settings = { secret, relay: relay?.url, bind: direct ? `127.0.0.1:${keptPort()}` : undefined }
  let stock = await startStock(settings)
  const id = iroh.SecretKey.fromBytes([...Buffer.from(secret, 'hex')]).public()
  const ticket = ticketOf(direct ? new iroh.EndpointAddr(id, null, [settings.bind]) : relayAddr(id, relay.url))
  const peer = await startPeer()
  await peer.call('bind', { keepAliveMs: 2000, idleMs: 8000, ...(direct ? { udp: '127.0.0.1:0' } : { relay: relay.url }) })
  const { connection } = await peer.call('connect', { ticket })
  check((await peer.call('echo', { connection, text: 'before' })).text === 'before', `stock killed ${way}: echo before`)
  stock.kill('SIGKILL')
  stock = await startStock(settings)
  // The key of a stock endpoint's resets does not outlive it: there is only silence to go by.
  const end = await peer.call('wait-closed', { connection, timeoutMs: 60000 })
  check(end.isOver && end.close.kind === 'idle-timeout', `stock killed ${way}: we notice in ${Math.round(end.ms)} ms: ${end.close?.kind}`)
  const again = await peer.call('connect', { ticket })
  check((await peer.call('echo', { connection: again.connection, text: 'again' })).text === 'again', `stock killed ${way}: and dial it again`)
  check((await peer.stop()) === 0, `stock killed ${way}: our side ends cleanly`)
  stock.kill('SIGKILL')
  if (relay) await relay.stop()
}

/** A port in front of a relay that can be shut and opened in a moment, however long the program behind it takes to start. */
async function openDoor(relayUrl) {
  const port = keptPort()
  const sockets = new Set()
  let server
  const keep = (socket) => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const door = {
    url: `http://127.0.0.1:${port}/`,
    open: () => new Promise((resolve) => {
      server = createServer((guest) => {
        const host = keep(connect(Number(new URL(relayUrl()).port), '127.0.0.1'))
        keep(guest).pipe(host).pipe(guest)
        guest.on('close', () => host.destroy())
        host.on('close', () => guest.destroy())
      }).listen(port, '127.0.0.1', resolve)
    }),
    shut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  await door.open()
  return door
}

async function startStock(settings) {
  const child = fork(new URL(import.meta.url), ['stock'])
  process.once('exit', () => child.kill('SIGKILL'))
  const ready = new Promise((resolve) => child.on('message', resolve))
  child.send(settings)
  await within('start of a stock endpoint', ready)
  return child
}

async function beStock() {
  const { secret, relay, bind } = await new Promise((resolve) => process.once('message', resolve))
  const endpoint = await stockEndpoint({ secret: Buffer.from(secret, 'hex'), relay, bind })
  serveEcho(endpoint)
  if (relay) await endpoint.online()
  process.send('ready')
  await new Promise(() => {})
}
