// Bad networks and small endpoints: a UDP path that loses, doubles and reorders datagrams, and ours with the windows of a device.
import { createSocket } from 'node:dgram'
import { ECHO_ALPN, bytes, check, dialAndEcho, echoOnce, finish, iroh, relayAddr, scenario, serveEcho, startRelay, stockEndpoint, within } from './lib.mjs'
import { startPeer } from './lib-peer.mjs'

const ticketOf = (addr) => iroh.EndpointTicket.fromAddr(addr).toString()
const LARGE = 1 << 20

await scenario('stock dials ours on a bad path', async () => {
  const peer = await startPeer()
  const board = await peer.call('bind', { udp: '127.0.0.1:0', serve: [ECHO_ALPN] })
  const addr = iroh.EndpointTicket.fromString(board.ticket).endpointAddr()
  const path = await badPath(addr.directAddresses()[0], 1)
  const client = await stockEndpoint()
  const through = new iroh.EndpointAddr(addr.id(), null, [path.address])
  let good = 0
  for (let i = 0; i < 20; i++) {
    if ((await within(`dial ${i}`, dialAndEcho(client, through, `message ${i}`))).toString() === `message ${i}`) good++
  }
  check(good === 20, `${good} of 20 connections`)
  const connection = await within('dial', client.connect(through, bytes(ECHO_ALPN)))
  const data = Buffer.alloc(LARGE, 'rough')
  check((await within('1 MiB', echoOnce(connection, data))).equals(data), '1 MiB comes back')
  connection.close(0n, [])
  check(path.lost > 50, `although ${path.lost} of ${path.carried} datagrams were lost, ${path.doubled} doubled, ${path.late} late`)
  await client.close()
  check((await peer.stop()) === 0, 'our side ends cleanly')
  path.close()
})

await scenario('ours dials stock on a bad path', async () => {
  const server = await stockEndpoint({ bind: '127.0.0.1:0' })
  serveEcho(server)
  const path = await badPath(server.boundSockets()[0], 2)
  const peer = await startPeer()
  await peer.call('bind', { udp: '127.0.0.1:0' })
  const ticket = ticketOf(new iroh.EndpointAddr(server.id(), null, [path.address]))
  const small = await peer.call('dials', { ticket, count: 20, text: 'small', timeoutMs: 60000 })
  check(small.echoMs.length === 20, '20 of 20 connections')
  const { connection } = await peer.call('connect', { ticket, timeoutMs: 60000 })
  const echo = await peer.call('echo', { connection, size: LARGE, timeoutMs: 60000 })
  const info = await peer.call('info', { connection })
  check(echo.same, `1 MiB comes back, ${info.packetsLost} packets of ours taken for lost`)
  check(path.lost > 50, `although ${path.lost} of ${path.carried} datagrams were lost, ${path.doubled} doubled, ${path.late} late`)
  check((await peer.stop()) === 0, 'our side ends cleanly')
  await server.close()
  path.close()
})

await scenario('the windows of a device', async () => {
  const relay = await startRelay()
  const peer = await startPeer()
  await peer.call('bind', { profile: 'device', udp: '127.0.0.1:0', relay: relay.url, serve: [ECHO_ALPN] })
  const { ticket } = await peer.call('online')
  const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
  const stock = await stockEndpoint({ relay: relay.url, bind: '127.0.0.1:0' })
  serveEcho(stock)
  await within('online()', stock.online())
  const data = Buffer.alloc(LARGE, 'small windows')
  const here = { directly: new iroh.EndpointAddr(addr.id(), null, addr.directAddresses()), 'through the relay': relayAddr(addr.id(), relay.url) }
  const there = { directly: new iroh.EndpointAddr(stock.id(), null, [stock.boundSockets()[0]]), 'through the relay': relayAddr(stock.id(), relay.url) }
  for (const way of Object.keys(here)) {
    check((await within('1 MiB', dialAndEcho(stock, here[way], data))).equals(data), `1 MiB ${way}, stock dials ours`)
    const dialed = await peer.call('connect', { ticket: ticketOf(there[way]) })
    check((await peer.call('echo', { connection: dialed.connection, size: LARGE, timeoutMs: 60000 })).same, `1 MiB ${way}, ours dials stock`)
    await peer.call('close', { connection: dialed.connection, code: 0, reason: 'bye!' })
  }

  // Four streams at once are all it grants; the stock endpoint waits with the others.
  const connection = await within('dial', stock.connect(here.directly, bytes(ECHO_ALPN)))
  const pieces = await within('12 streams', Promise.all(Array.from({ length: 12 }, (_, i) => echoOnce(connection, Buffer.alloc(20000, `stream ${i}`)))))
  check(pieces.every((piece, i) => piece.equals(Buffer.alloc(20000, `stream ${i}`))), '12 streams at once, of which 4 are granted at a time')

  connection.close(0n, [])
  await stock.close()
  check((await peer.stop()) === 0, 'our side ends cleanly')
  await relay.stop()
})

finish()

/** A UDP address in front of another one: of the datagrams each way 5 % are lost, 2 % doubled and 3 % come 5 ms late, drawn from a fixed sequence. */
async function badPath(target, seed) {
  const [host, port] = [target.slice(0, target.lastIndexOf(':')), Number(target.slice(target.lastIndexOf(':') + 1))]
  const front = createSocket('udp4')
  const backs = new Map()
  const path = { carried: 0, lost: 0, doubled: 0, late: 0 }
  let state = seed
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / (1 << 24)
  }
  const carry = (send) => {
    path.carried++
    const fate = draw()
    if (fate < 0.05) return path.lost++
    if (fate < 0.07) {
      path.doubled++
      send()
    } else if (fate < 0.1) {
      path.late++
      return setTimeout(send, 5)
    }
    return send()
  }
  const quietly = () => {}
  front.on('message', (data, from) => {
    const key = `${from.address}:${from.port}`
    if (!backs.has(key)) {
      const back = createSocket('udp4')
      back.on('message', (answer) => carry(() => front.send(answer, from.port, from.address, quietly)))
      backs.set(key, back)
    }
    carry(() => backs.get(key).send(data, port, host, quietly))
  })
  await new Promise((resolve) => front.bind(0, '127.0.0.1', resolve))
  path.address = `127.0.0.1:${front.address().port}`
  path.close = () => [front, ...backs.values()].forEach((socket) => socket.close())
  return path
}
