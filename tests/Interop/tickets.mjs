// Tickets of every shape: ours and the binding's are the same text, and each reads the other's.
import { check, finish, iroh, scenario } from './lib.mjs'
import { startPeer } from './lib-peer.mjs'

const peer = await startPeer()
const list = (lines) => lines.slice(0, 8).map((line) => `\n     ${line}`).join('')
const ids = [iroh.SecretKey.fromBytes(Array(32).fill(42)).public(), iroh.SecretKey.generate().public()]
const relays = [
  [], ['http://127.0.0.1:3340/'], ['https://euc1-1.relay.n0.iroh.link./'], ['https://relay.example.org/'],
  ['http://[::1]:3340/'], ['https://relay.example.org:8443/relay?token=abc%20d'], ['http://UPPER.Example.ORG/'], ['https://bücher.example/'],
]
const places = [
  [], ['127.0.0.1:1'], ['192.168.1.10:65535'], ['[::1]:443'], ['[2001:db8::1]:51820', '10.0.0.1:4433'],
  ['10.0.0.2:1', '10.0.0.1:2', '10.0.0.1:1', '[fe80::1]:7', '10.0.0.1:1'], ['[::ffff:10.0.0.1]:9'], ['255.255.255.255:300', '0.0.0.0:128'],
  Array.from({ length: 40 }, (_, i) => `10.1.2.${i}:${1000 + i * 100}`),
]

await scenario('shapes', async () => {
  let same = 0
  let count = 0
  const wrong = []
  for (const id of ids) {
    for (const relay of relays) {
      for (const ips of places) {
        count++
        const stock = iroh.EndpointTicket.fromAddr(new iroh.EndpointAddr(id, relay[0], ips)).toString()
        const addr = iroh.EndpointTicket.fromString(stock).endpointAddr()
        const read = await peer.call('ticket-decode', { ticket: stock })
        const ours = await peer.call('ticket-encode', { id: id.toString(), relays: relay.length ? [addr.relayUrl()] : [], ips }).then((answer) => answer.ticket, (error) => error.message)
        const back = ours.startsWith('endpoint') ? iroh.EndpointTicket.fromString(ours).endpointAddr() : null
        const good = ours === stock && read.valid && read.id === id.toString() && read.again === stock
          && (read.relays[0] ?? null) === addr.relayUrl() && back.equal(addr)
          && JSON.stringify([...read.ips].sort()) === JSON.stringify([...addr.directAddresses()].sort())
        if (good) same++
        else wrong.push(`relay ${relay} ips ${ips}: theirs ${stock}, ours ${ours}, read ${JSON.stringify(read)}, theirs read ${addr.relayUrl()} ${addr.directAddresses()}`)
      }
    }
  }
  check(same === count && count === 2 * relays.length * places.length, `${same} of ${count} tickets agree${list(wrong)}`)
})

await scenario('bad tickets', async () => {
  const good = iroh.EndpointTicket.fromAddr(new iroh.EndpointAddr(ids[0], 'http://127.0.0.1:3340', ['1.2.3.4:5'])).toString()
  const mutants = ['', 'endpoint', good.slice(0, -1), good.slice(0, 40), `${good}a`, `${good}aaaaaaaa`, `node${good.slice(8)}`, `x${good}`, good.toUpperCase(),
    `endpoint${good.slice(8).toUpperCase()}`, `${good.slice(0, 20)}1${good.slice(21)}`, ` ${good}`, `${good} `, `${good.slice(0, 12)}=${good.slice(12)}`,
    'endpointaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']
  for (let i = 0; i < 200; i++) {
    const at = 8 + (i * 7) % (good.length - 8)
    mutants.push(good.slice(0, at) + 'abcdefghijklmnopqrstuvwxyz234567'[(i * 11) % 32] + good.slice(at + 1))
  }
  const different = []
  for (const ticket of mutants) {
    let stock = null
    try {
      stock = iroh.EndpointTicket.fromString(ticket).toString()
    } catch {}
    const read = await peer.call('ticket-decode', { ticket })
    if (read.valid !== (stock !== null) || (stock !== null && read.again !== stock)) different.push(`${ticket}: theirs ${stock}, ours ${JSON.stringify(read)}`)
  }
  check(different.length === 0, `${mutants.length - different.length} of ${mutants.length} damaged tickets are judged alike${list(different)}`)
})

check((await peer.stop()) === 0, 'our side ends cleanly')
finish()
