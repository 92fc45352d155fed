namespace IrohLite;

/// <summary>Counts since the endpoint was bound: a snapshot.</summary>
public sealed class EndpointStatistics
{
    /// <summary>Datagrams given to the network or a relay; a dialer's first ones count once per address.</summary>
    public long DatagramsSent { get; internal set; }

    /// <summary>Bytes of those datagrams.</summary>
    public long BytesSent { get; internal set; }

    /// <summary>Datagrams taken from the network or a relay.</summary>
    public long DatagramsReceived { get; internal set; }

    /// <summary>Bytes of those datagrams.</summary>
    public long BytesReceived { get; internal set; }

    /// <summary>Datagrams lost inside this endpoint: queue full, too large, or refused by the system.</summary>
    public long DatagramsDropped { get; internal set; }

    /// <summary>What the demultiplexer dropped before authentication, as text with reasons; "none" when nothing.</summary>
    public string Drops { get; internal set; }

    /// <summary>Connections the transport holds now, closing ones included.</summary>
    public int Connections { get; internal set; }

    /// <summary>Connections accepted.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Connections dialed to completion.</summary>
    public long Dialed { get; internal set; }

    /// <summary>Handshakes of dialers that failed: no common protocol, a wrong id, broken rules, silence in the midst of it.</summary>
    public long HandshakesFailed { get; internal set; }

    /// <summary>Connections dropped because the peer's identity was not the one its relay named.</summary>
    public long WrongRelayIdentity { get; internal set; }

    /// <summary>Times the home relay came online.</summary>
    public long RelayOnline { get; internal set; }
}
