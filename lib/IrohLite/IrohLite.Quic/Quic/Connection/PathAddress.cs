namespace IrohLite.Quic;

/// <summary>Where a datagram came from or goes to. QUIC only compares addresses; "UDP 1.2.3.4:5" and "via relay X to id Y" are alike to it.</summary>
public abstract class PathAddress
{
    /// <summary>True when both name the same place.</summary>
    public abstract bool SameAs(PathAddress other);

    /// <summary>Text for logs and users, such as "udp 192.168.1.5:4433".</summary>
    public abstract override string ToString();
}
