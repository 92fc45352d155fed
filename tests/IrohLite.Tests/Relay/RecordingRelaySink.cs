using System;
using System.Collections.Generic;
using IrohLite.Relay;

namespace IrohLite.Tests.Relay;

/// <summary>Writes down what a session or a frame reader hands up, one line each, and scribbles over the datagrams as a decryption would.</summary>
internal sealed class RecordingRelaySink : IRelaySink, IRelayFrameHandler
{
    public List<string> Lines { get; } = [];

    public void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count)
    {
        Lines.Add($"datagram {Hex(source, sourceOffset, 4)} {Hex(buffer, offset, count)}");
        Array.Fill(buffer, (byte)0xEE, offset, count);
    }

    public void OnEndpointGone(byte[] id, int offset) => Lines.Add("gone " + Hex(id, offset, 32));

    public void OnStatus(int code) => Lines.Add("status " + code);

    void IRelayFrameHandler.OnDatagram(byte[] source, byte[] buffer, int offset, int count) => OnDatagram(source, 0, buffer, offset, count);

    string IRelayFrameHandler.OnFrame(int type, byte[] payload, int count)
    {
        Lines.Add($"frame {type:x2} {Hex(payload, 0, count)}");
        return null;
    }

    private static string Hex(byte[] bytes, int offset, int count) => Convert.ToHexStringLower(bytes, offset, count);
}
