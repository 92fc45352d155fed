// Our endpoint and a stock one echo to each other: we as server and as client, by direct UDP and through our relay, with the managed
// and the native cryptography.
import { ECHO_ALPN, bytes, check, dialAndEcho, echoOnce, finish, iroh, relayAddr, scenario, serveEcho, startRelay, stockEndpoint, within } from './lib.mjs'
import { startPeer } from './lib-peer.mjs'

const MiB = 1 << 20
const relay = await startRelay()

for (const crypto of ['managed', 'native']) {
  await weServe(crypto, 'directly')
  await weServe(crypto, 'through the relay')
  await weDial(crypto, 'directly')
  await weDial(crypto, 'through the relay')
}
check((await relay.stop()) === 0, 'the relay ends cleanly')
finish()

/** A stock endpoint dials ours. */
async function weServe(crypto, way) {
  const name = `stock dials ours ${way}, ${crypto}`
  await scenario(name, async () => {
    const direct = way === 'directly'
    const peer = await startPeer()
    const board = await peer.call('bind', { crypto, serve: [ECHO_ALPN], ...(direct ? { udp: '127.0.0.1:0' } : { relay: relay.url }) })
    let { ticket } = board
    if (!direct) {
      const online = await peer.call('online')
      check(online.online, `${name}: our endpoint is online after ${Math.round(online.ms)} ms`)
      ticket = online.ticket
    }
    const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
    const client = await stockEndpoint(direct ? {} : { relay: relay.url })
    if (!direct) await within('online()', client.online())

    const connection = await within('dial', client.connect(addr, bytes(ECHO_ALPN)))
    const accepted = await peer.next('accepted')
    check(accepted.remoteId === client.id().toString() && accepted.alpn === ECHO_ALPN, `${name}: we see the id and the protocol of the dialer`)
    check(connection.remoteId().toString() === board.id, `${name}: it sees our id`)
    check(accepted.path.startsWith(direct ? 'udp 127.0.0.1' : `relay ${relay.url}`), `${name}: on the path ${accepted.path}`)
    check((await within('echo', echoOnce(connection, 'Hello, world!'))).toString() === 'Hello, world!', `${name}: 13 bytes come back`)
    connection.close(0n, bytes('bye!'))
    const closed = await peer.next('closed')
    check(closed.close.kind === 'remote-application' && closed.close.code === 0 && closed.close.reason === 'bye!', `${name}: we are told 0 "bye!"`)

    // A stock endpoint updates its keys at a random packet number below 1000, which 1 MiB alone does not always reach.
    const large = pattern(MiB)
    const through = await within('dial', client.connect(addr, bytes(ECHO_ALPN)))
    check((await within('1 MiB echo', echoOnce(through, large))).equals(large), `${name}: 1 MiB comes back`)
    const more = large.subarray(0, MiB / 2)
    check((await within('512 KiB echo', echoOnce(through, more))).equals(more), `${name}: and another 512 KiB`)
    through.close(0n, bytes('bye!'))
    const long = await peer.next('closed')
    check(long.keyUpdates >= 1, `${name}: across ${long.keyUpdates} key update(s)`)

    peer.forget()
    let good = 0
    for (let i = 0; i < 200; i++) {
      if ((await within(`connection ${i}`, dialAndEcho(client, addr, `message ${i}`))).toString() === `message ${i}`) good++
    }
    check(good === 200, `${name}: ${good} of 200 connections one after another`)
    good = 0
    let next = 0
    await within('8 at a time', Promise.all(Array.from({ length: 8 }, async () => {
      while (next < 200) {
        const message = `parallel ${next++}`
        if ((await dialAndEcho(client, addr, message)).toString() === message) good++
      }
    })))
    check(good === 200, `${name}: ${good} of 200 connections 8 at a time`)
    await rest(peer, 400)
    check(peer.events.filter((event) => event.event === 'closed' && event.close.reason === 'bye!').length === 400, `${name}: all 400 ended with "bye!" at our side`)
    await client.close()
    check((await peer.stop()) === 0, `${name}: our side ends cleanly`)
  })
}

/** Ours dials a stock endpoint. */
async function weDial(crypto, way) {
  const name = `ours dials stock ${way}, ${crypto}`
  await scenario(name, async () => {
    const direct = way === 'directly'
    const server = await stockEndpoint(direct ? { bind: '127.0.0.1:0' } : { relay: relay.url })
    const connections = []
    const ends = []
    serveEcho(server, (connection) => {
      connections.push(connection)
      ends.push(connection.closed())
    })
    if (!direct) await within('online()', server.online())
    const addr = direct ? new iroh.EndpointAddr(server.id(), null, [loopback(server)]) : relayAddr(server.id(), relay.url)
    const ticket = iroh.EndpointTicket.fromAddr(addr).toString()
    const peer = await startPeer()
    const ours = await peer.call('bind', { crypto, ...(direct ? { udp: '127.0.0.1:0' } : { relay: relay.url }) })

    const dialed = await peer.call('connect', { ticket })
    check(dialed.remoteId === server.id().toString() && dialed.alpn === ECHO_ALPN, `${name}: the handshake proves its id`)
    check(dialed.path.startsWith(direct ? 'udp 127.0.0.1' : `relay ${relay.url}`), `${name}: on the path ${dialed.path}`)
    const { connection } = dialed
    const small = await peer.call('echo', { connection, text: 'Hello, world!' })
    check(small.text === 'Hello, world!', `${name}: 13 bytes come back`)
    check(connections.length === 1 && connections[0].remoteId().toString() === ours.id, `${name}: it sees our id`)
    const large = await peer.call('echo', { connection, size: MiB, timeoutMs: 60000 })
    check(large.same && large.bytes === MiB, `${name}: 1 MiB comes back`)
    const more = await peer.call('echo', { connection, size: MiB / 2, timeoutMs: 60000 })
    check(more.same, `${name}: and another 512 KiB`)
    check(more.keyUpdates >= 1, `${name}: across ${more.keyUpdates} key update(s)`)
    await peer.call('close', { connection, code: 0, reason: 'bye!' })
    const reason = await within('closed()', ends[0])
    check(reason === 'closed by peer: bye! (code 0)', `${name}: it is told 0 "bye!" (${reason})`)

    const one = await peer.call('dials', { ticket, count: 200, text: 'one after another' })
    check(one.echoMs.length === 200, `${name}: 200 connections one after another`)
    const eight = await peer.call('dials', { ticket, count: 200, parallel: 8, text: '8 at a time' })
    check(eight.echoMs.length === 200, `${name}: 200 connections 8 at a time`)
    const reasons = await within('all ends', Promise.all(ends))
    check(reasons.length === 401 && reasons.every((text) => text === reason), `${name}: all 400 ended with "bye!" at its side`)
    check((await peer.stop()) === 0, `${name}: our side ends cleanly`)
    await server.close()
  })
}

/** Waits until so many connections have ended. */
async function rest(peer, count) {
  await within(`end of ${count} connections`, (async () => {
    while (peer.events.filter((event) => event.event === 'closed').length < count) await new Promise((resolve) => setTimeout(resolve, 20))
  })())
}

function loopback(endpoint) {
  const port = /:(\d+)$/.exec(endpoint.boundSockets().find((socket) => !socket.startsWith('[')))[1]
  return `127.0.0.1:${port}`
}

function pattern(size) {
  const data = Buffer.alloc(size)
  for (let i = 0; i < size; i++) data[i] = (i * 31) ^ (i >> 8)
  return data
}
