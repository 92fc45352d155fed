using System.Collections.Generic;
using System.Linq;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>What an observer of the network sees: each datagram's direction, size and packet types, in order of sending.</summary>
internal sealed class PacketTrace
{
    private readonly PacketHeader _header = new();
    private readonly List<string> _lines = new();

    public PacketTrace(Pair pair)
    {
        pair.Client.OnTransmit += (datagram, _) => Add("C>S", datagram);
        pair.Server.OnTransmit += (datagram, _) => Add("S>C", datagram);
    }

    /// <summary>"C>S 1200 Initial", "S>C 1200 Initial+Handshake", …</summary>
    public IReadOnlyList<string> Lines => _lines;

    public override string ToString() => string.Join("\n", _lines);

    private void Add(string direction, byte[] datagram)
    {
        List<string> types = new();
        int at = 0;
        while (at < datagram.Length && PacketHeaderReader.TryRead(datagram, at, datagram.Length, 8, _header, out _))
        {
            types.Add(_header.Type switch
            {
                PacketType.Initial => "Initial",
                PacketType.Handshake => "Handshake",
                PacketType.OneRtt => "1-RTT",
                PacketType.Retry => "Retry",
                _ => "other",
            });
            at = _header.PacketEnd;
        }

        _lines.Add(direction + " " + datagram.Length + " " + string.Join("+", types));
    }
}
