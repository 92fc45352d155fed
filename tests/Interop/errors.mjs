// What must fail, fails with the right error on both sides: wrong id, wrong protocol, refusal, a relay that asks for a token, nobody there.
import { ECHO_ALPN, bytes, check, dialAndEcho, finish, iroh, relayAddr, scenario, startRelay, stockEndpoint, until, within } from './lib.mjs'
import { startPeer } from './lib-peer.mjs'

const relay = await startRelay()
const other = iroh.SecretKey.generate().public()
const ticketOf = (addr) => iroh.EndpointTicket.fromAddr(addr).toString()
const addrAt = (id, place) => (place.startsWith('http') ? relayAddr(id, place) : new iroh.EndpointAddr(id, null, [place]))

/** The text of the stock error a promise is rejected with, without its stack. */
const refusal = (promise) => within('refusal', promise.then(
  () => 'no error',
  (error) => error.message.split('\n\nStack backtrace')[0].split('\n').map((line) => line.trim()).join(' '),
))

/** What our side throws. */
const failure = (promise) => promise.then(() => ({ error: 'no error' }), (error) => error)

for (const way of ['directly', 'through the relay']) {
  await scenario(`stock dials ours ${way}`, async () => {
    const peer = await startPeer()
    const direct = way === 'directly'
    const board = await peer.call('bind', { log: true, serve: [ECHO_ALPN], ...(direct ? { udp: '127.0.0.1:0' } : { relay: relay.url }) })
    const { ticket } = await peer.call('online')
    const addr = iroh.EndpointTicket.fromString(ticket).endpointAddr()
    const client = await stockEndpoint({ relay: relay.url })
    await within('online()', client.online())
    const failed = (text) => peer.next('log', (event) => event.message.startsWith('a handshake from') && event.message.includes(text))

    if (direct) {
      // Through a relay a wrong id leads to nobody at all.
      const wrongId = await refusal(dialAndEcho(client, addrAt(other, addr.directAddresses()[0]), 'x'))
      check(wrongId.includes('error 48: invalid peer certificate: UnknownIssuer'), `wrong id ${way}: the dialer is told that it is the wrong endpoint`)
      const log = await failed('given up by the peer')
      check(log.message.includes('UnknownIssuer'), `wrong id ${way}: so are we (${log.message})`)
    }
    const wrongAlpn = await refusal(dialAndEcho(client, addr, 'x', 'nothing/0'))
    check(wrongAlpn.includes('aborted by peer: the cryptographic handshake failed: error 120'), `wrong protocol ${way}: the dialer is told`)
    const log = await failed('no application protocol')
    check(log.message.includes('given up because of'), `wrong protocol ${way}: so are we (${log.message})`)
    const statistics = await peer.call('statistics')
    check(statistics.handshakesFailed === (direct ? 2 : 1) && statistics.accepted === 0, `${way}: both are counted, none was accepted`)
    check((await within('echo', dialAndEcho(client, addr, 'after all that'))).toString() === 'after all that', `${way}: and the right dial gets through`)

    const full = await peer.call('bind', { serve: [ECHO_ALPN], maxConnections: 1, ...(direct ? { udp: '127.0.0.1:0' } : { relay: relay.url }) })
    const fullTicket = (await peer.call('online', { endpoint: full.endpoint })).ticket
    const fullAddr = iroh.EndpointTicket.fromString(fullTicket).endpointAddr()
    const first = await within('dial', client.connect(fullAddr, bytes(ECHO_ALPN)))
    const second = await refusal(dialAndEcho(client, fullAddr, 'x'))
    check(second.includes('the server refused to accept a new connection'), `no place ${way}: the second dialer is refused`)
    check(first.closeReason() === null, `no place ${way}: the first one stays`)
    first.close(0n, [])
    check(board.id !== full.id && (await peer.stop()) === 0, `${way}: our side ends cleanly`)
    await client.close()
  })

  await scenario(`ours dials stock ${way}`, async () => {
    const server = await stockEndpoint({ relay: relay.url, bind: '127.0.0.1:0' })
    await within('online()', server.online())
    const place = way === 'directly' ? server.boundSockets().find((socket) => socket.startsWith('127.')) : relay.url
    const outcomes = []
    let mode = 'accept'
    const incoming = { false: 0, true: 0 }
    const accepting = (async () => {
      for (;;) {
        const dialer = await server.acceptNext()
        if (!dialer) return
        const isKnown = await dialer.remoteAddrValidated()
        if (mode === 'retry') incoming[isKnown]++
        if (mode === 'refuse') await dialer.refuse()
        else if (mode === 'ignore') await dialer.ignore()
        else if (mode === 'retry' && !isKnown) await dialer.retry()
        else outcomes.push(refusal(dialer.accept().then((begun) => begun.connect()).then((connection) => connection.closed()).then((text) => Promise.reject(new Error(text)))))
      }
    })()
    const peer = await startPeer()
    await peer.call('bind', { udp: '127.0.0.1:0', relay: relay.url })
    await peer.call('online')
    const dial = (id, request = {}) => failure(peer.call('connect', { ticket: ticketOf(addrAt(id, place)), ...request }))

    if (way === 'directly') {
      const wrongId = await dial(other)
      check(wrongId.error === 'wrong-identity' && wrongId.close.kind === 'local-transport', `wrong id ${way}: ${wrongId.message}`)
      const theirs = await outcomes.shift()
      check(theirs.includes('aborted by peer: the cryptographic handshake failed: error 48'), `wrong id ${way}: the server is told`)
    }
    const wrongAlpn = await dial(server.id(), { alpn: 'nothing/0' })
    check(wrongAlpn.error === 'unknown-alpn' && wrongAlpn.close.kind === 'remote-transport' && wrongAlpn.close.code === 0x178, `wrong protocol ${way}: ${wrongAlpn.message}`)
    check((await outcomes.shift()).includes('NoApplicationProtocol'), `wrong protocol ${way}: the server is told`)
    mode = 'refuse'
    const refused = await dial(server.id())
    check(refused.error === 'refused' && refused.close.code === 2, `refused ${way}: ${refused.message}`)
    mode = 'retry'
    const retried = await peer.call('connect', { ticket: ticketOf(addrAt(server.id(), place)) })
    check(retried.remoteId === server.id().toString() && incoming.false > 0 && incoming.true === 1, `sent back with a token ${way}: we come again and get in`)
    await peer.call('close', { connection: retried.connection, code: 7, reason: 'enough' })
    const end = await outcomes.shift()
    check(end === 'closed by peer: enough (code 7)', `closed ${way}: the server is told "enough" with code 7`)
    mode = 'ignore'
    const begin = performance.now()
    const ignored = await dial(server.id(), { timeoutMs: 1500 })
    const took = Math.round(performance.now() - begin)
    check(ignored.error === 'timeout' && took >= 1400 && took < 20000, `ignored ${way}: ${ignored.message} (${took} ms)`)
    check((await peer.stop()) === 0, `${way}: our side ends cleanly`)
    await server.close()
    await accepting
  })
}

await scenario('a relay that asks for a token', async () => {
  const guarded = await startRelay({ args: ['--access', 'token', '--token', 'right'] })
  const peer = await startPeer()
  const bad = await peer.call('bind', { relay: guarded.url, token: 'wrong', serve: [ECHO_ALPN] })
  let offline
  await until('the refusal', async () => (offline = await peer.call('online', { endpoint: bad.endpoint, timeoutMs: 100 })).denied)
  check(!offline.online && offline.denied && offline.status.includes('not authorized'), `a wrong token: ${offline.status}`)
  check(guarded.lines.some((line) => line.includes('not authorized')), 'and the relay says so')
  const dial = await failure(peer.call('connect', { endpoint: bad.endpoint, ticket: ticketOf(relayAddr(other, guarded.url)), timeoutMs: 1000 }))
  check(dial.error === 'relay-denied', `a dial through it: ${dial.message}`)
  const good = await peer.call('bind', { relay: guarded.url, token: 'right', serve: [ECHO_ALPN] })
  const online = await peer.call('online', { endpoint: good.endpoint })
  check(online.online, 'the right token is let in')
  const client = await stockEndpoint({ relay: guarded.url, token: 'right' })
  await within('online()', client.online())
  const echoed = await within('echo', dialAndEcho(client, iroh.EndpointTicket.fromString(online.ticket).endpointAddr(), 'with a token'))
  check(echoed.toString() === 'with a token', 'and reached')
  await client.close()
  check((await peer.stop()) === 0, 'our side ends cleanly')
  await guarded.stop()
})

await scenario('nobody there', async () => {
  const peer = await startPeer()
  await peer.call('bind', { udp: '127.0.0.1:0', relay: relay.url })
  await peer.call('online')
  const dial = (addr, timeoutMs = 1200) => failure(peer.call('connect', { ticket: ticketOf(addr), timeoutMs }))
  // These end by their timeout: with longer ones until the relay has been tried.
  const dialLonger = async (addr, tried) => {
    for (let timeoutMs = 1200; ; timeoutMs *= 4) {
      const outcome = await dial(addr, timeoutMs)
      if (tried(outcome) || timeoutMs > 20000) return outcome
    }
  }
  const [absent, silent, nowhere, unusable, foreign] = await Promise.all([
    dial(relayAddr(other, relay.url)),
    dial(addrAt(other, '127.0.0.1:9')),
    dialLonger(addrAt(other, 'http://127.0.0.1:9'), ({ message }) => message.includes('refused')),
    dial(new iroh.EndpointAddr(other, null, [])),
    dialLonger(relayAddr(other, `${relay.url}nothing-here`), ({ error }) => error === 'timeout'),
  ])
  check(absent.error === 'timeout', `a peer that is not at the relay: ${absent.message}`)
  check(silent.error === 'timeout', `no program at the address: ${silent.message}`)
  check(nowhere.error === 'relay-unreachable' && nowhere.message.includes('refused'), `no relay at the URL: ${nowhere.message}`)
  check(unusable.error === 'no-address', `a ticket without addresses: ${unusable.message}`)
  check(foreign.error === 'timeout', `a URL with a path is the same relay: ${foreign.message}`)
  check((await peer.stop()) === 0, 'our side ends cleanly')
})

check((await relay.stop()) === 0, 'the relay ends cleanly')
finish()
