using System;
using IrohLite.Tls;

namespace IrohLite.Tests.Tls;

/// <summary>Our client and our server in one room.</summary>
internal static class Couple
{
    /// <summary>Carries a started handshake to its end.</summary>
    public static void Run(TlsHandshake client, RecordingSink clientSink, TlsHandshake server, RecordingSink serverSink)
    {
        Pass(clientSink, TlsLevel.Initial, server);
        Pass(serverSink, TlsLevel.Initial, client);
        Pass(serverSink, TlsLevel.Handshake, client);
        Pass(clientSink, TlsLevel.Handshake, server);
    }

    /// <summary>Everything one side has sent at a level, in one piece, from the middle of a larger array.</summary>
    public static void Pass(RecordingSink from, int level, TlsHandshake to)
    {
        byte[] bytes = from.Sent(level);
        byte[] padded = new byte[bytes.Length + 10];
        Array.Fill(padded, (byte)0xee);
        bytes.CopyTo(padded, 5);
        to.Receive(level, padded, 5, bytes.Length);
    }
}
