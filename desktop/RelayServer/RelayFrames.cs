using System;
using System.Text;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>The frames a relay sends.</summary>
internal static class RelayFrames
{
    /// <summary>What a version 1 client is told when a newer connection has its id; the wording is part of the protocol.</summary>
    public const string SameIdText = "Another endpoint connected with the same endpoint id. No more messages will be received.";

    public static RelayMessage Challenge(ReadOnlySpan<byte> challenge) => Of(RelayFrameType.ServerChallenge, challenge);

    public static RelayMessage Confirms() => Of(RelayFrameType.ServerConfirmsAuth, []);

    public static RelayMessage Denies(string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(reason);
        byte[] length = text.Length < 0x80 ? [(byte)text.Length] : [(byte)(text.Length | 0x80), (byte)(text.Length >> 7)];
        return Of(RelayFrameType.ServerDeniesAuth, [.. length, .. text]);
    }

    public static RelayMessage EndpointGone(EndpointKey id)
    {
        byte[] bytes = new byte[EndpointKey.SizeBytes];
        id.Write(bytes);
        return Of(RelayFrameType.EndpointGone, bytes);
    }

    public static RelayMessage Ping(ReadOnlySpan<byte> payload) => Of(RelayFrameType.Ping, payload);

    public static RelayMessage Pong(ReadOnlySpan<byte> payload) => Of(RelayFrameType.Pong, payload);

    public static RelayMessage Status(int code) => Of(RelayFrameType.Status, [(byte)code]);

    public static RelayMessage Health(string text) => Of(RelayFrameType.Health, Encoding.UTF8.GetBytes(text));

    private static RelayMessage Of(int type, ReadOnlySpan<byte> payload)
    {
        RelayMessage message = RelayMessage.Of((byte)type);
        message.TryAppend(payload);
        return message;
    }
}
