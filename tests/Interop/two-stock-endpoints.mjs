// Two stock iroh endpoints through our relay: it is a relay to them like any other. To be run without UDP (netns.sh --no-udp), or the
// endpoints would find each other directly and the relay would carry nothing.
import {
  bytes, check, dialAndEcho, ECHO_ALPN, echoOnce, finish, keptPort, relayAddr, relayMetric, scenario, serveEcho, sleep, startRelay, stockEndpoint, until, within,
} from './lib.mjs'

const relay = await startRelay()
const onRelay = (connection) => connection.paths().length === 1 && connection.paths()[0].isRelay

await scenario('two stock endpoints', async () => {
  // On a busy computer a pair may take longer; a relay that lets endpoints wait does so with every pair.
  let server
  let client
  let onlineMs
  for (let pair = 1; pair <= 10; pair++) {
    ;[server, client] = [await stockEndpoint({ relay: relay.url }), await stockEndpoint({ relay: relay.url })]
    const start = performance.now()
    await within('online()', Promise.all([server.online(), client.online()]))
    onlineMs = performance.now() - start
    if (onlineMs < 1000) break
    await Promise.all([client.close(), server.close()])
  }
  check(onlineMs < 1000, `both are online within 1 s (${Math.round(onlineMs)} ms)`)
  await until('only these two at the relay', async () => (await relayMetric(relay.url, 'endpoints_online')) === 2)
  check(server.addr().relayUrl() === relay.url, `the relay is the home relay (${server.addr().relayUrl()})`)

  const connections = []
  serveEcho(server, (connection) => connections.push(connection))
  const address = relayAddr(server.id(), relay.url)
  const answer = await within('echo', dialAndEcho(client, address, 'Hello, world!'))
  check(answer.toString() === 'Hello, world!', '13 bytes come back')
  check(connections.length === 1 && connections[0].remoteId().equals(client.id()), 'the server sees the id of the client')

  check((await relayMetric(relay.url, 'frames_forwarded_total')) > 10, 'the handshake went through the relay')
  check((await relayMetric(relay.url, 'endpoints_online')) === 2, 'the relay counts two endpoints')

  const large = Buffer.alloc(1 << 20, 'relay ')
  check((await within('1 MiB echo', dialAndEcho(client, address, large))).equals(large), '1 MiB comes back')
  const bytesSent = await relayMetric(relay.url, 'bytes_sent_total')
  check(bytesSent > 2 * large.length, `and the relay carried it both ways (${bytesSent} bytes)`)
  await Promise.all([client.close(), server.close()])
})

await scenario('the relay restarts in mid-connection', async () => {
  const port = keptPort()
  let restarting = await startRelay({ port })
  const server = await stockEndpoint({ relay: restarting.url })
  const client = await stockEndpoint({ relay: restarting.url })
  await within('online()', Promise.all([server.online(), client.online()]))
  serveEcho(server)
  const connection = await within('dial', client.connect(relayAddr(server.id(), restarting.url), bytes(ECHO_ALPN)))
  check((await echoOnce(connection, 'before')).toString() === 'before', 'echo before')
  restarting.kill()
  await restarting.exited
  restarting = await startRelay({ port })
  check((await within('echo after the restart', echoOnce(connection, 'after'))).toString() === 'after', 'the same connection goes on')
  const again = await within('a new dial', dialAndEcho(client, relayAddr(server.id(), restarting.url), 'again'))
  check(again.toString() === 'again', 'and a new one is made')
  check(onRelay(connection) && (await relayMetric(restarting.url, 'frames_forwarded_total')) > 5, 'all of it through the relay')
  await Promise.all([client.close(), server.close()])
  await restarting.stop()
})

await scenario('one id connects twice', async () => {
  const secret = Buffer.alloc(32, 7)
  const first = await stockEndpoint({ relay: relay.url, secret })
  await within('online()', first.online())
  const second = await stockEndpoint({ relay: relay.url, secret })
  await within('online()', second.online())
  const counted = { first: 0, second: 0 }
  serveEcho(first, () => counted.first++)
  serveEcho(second, () => counted.second++)
  const client = await stockEndpoint({ relay: relay.url })
  const address = relayAddr(first.id(), relay.url)
  await within('echo', dialAndEcho(client, address, 'one'))
  check(counted.first === 0 && counted.second === 1, 'the newer one is dialed')
  await second.close()
  const after = await within('echo', dialAndEcho(client, address, 'two'))
  check(after.toString() === 'two' && counted.first === 1, 'after it left, the older one is')
  await Promise.all([client.close(), first.close()])
})

await scenario('a token is asked for', async () => {
  const guarded = await startRelay({ args: ['--access', 'token', '--token', 'right'] })
  const good = await stockEndpoint({ relay: guarded.url, token: 'right' })
  await within('online() with the right token', good.online())
  check(true, 'the right token is let in')
  const bad = await stockEndpoint({ relay: guarded.url, token: 'wrong' })
  let outcome = 'refused'
  bad.online().then(() => (outcome = 'online'), () => {})
  await until('the refusal', () => guarded.lines.some((line) => line.includes('not authorized')))
  check(true, 'the relay says that it refuses a wrong token')
  await sleep(500)
  check(outcome === 'refused', 'and lets it in no more than it says')
  await Promise.all([good.close(), bad.close()])
  await guarded.stop()
})

check((await relay.stop()) === 0, 'the relay ends cleanly')
finish()
