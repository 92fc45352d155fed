using System;
using IrohLite.Buffers;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>What the relay does with a frame of an authorised client.</summary>
internal static class RelayForwarder
{
    // From a client's datagram frames to the ones a relay sends.
    private const int TypeShift = RelayFrameType.RelayToClientDatagram - RelayFrameType.ClientToRelayDatagram;

    /// <summary>Handles a frame and takes it over; returns the rule it breaks, or null.</summary>
    public static string? Handle(ClientTable clients, RelayClient client, RelayMessage message)
    {
        string? broken = Handle(clients, client, message, out bool isPassedOn);
        if (!isPassedOn) message.Return();
        return broken;
    }

    private static string? Handle(ClientTable clients, RelayClient client, RelayMessage message, out bool isPassedOn)
    {
        isPassedOn = false;
        byte[] start = message.Frame[..Math.Min(message.Count, VarInt.MaxSizeBytes)].ToArray();
        if (!VarInt.TryRead(start, 0, start.Length, out long type, out int typeBytes)) return "relay frame without a whole type";
        bool isDatagram = type is RelayFrameType.ClientToRelayDatagram or RelayFrameType.ClientToRelayDatagramBatch;
        if (!isDatagram && type is not (RelayFrameType.Ping or RelayFrameType.Pong)) return $"relay frame type {type} from a client";
        int payloadBytes = message.Count - typeBytes;
        if (payloadBytes < RelayFrameType.MinPayloadBytes((int)type) || payloadBytes > RelayFrameType.MaxPayloadBytesOf((int)type))
            return $"relay frame type {type} with {payloadBytes} bytes";

        message.Skip(typeBytes - 1);
        Span<byte> frame = message.Frame;
        switch (type)
        {
            case RelayFrameType.Ping:
                client.Outgoing.AddControl(RelayFrames.Pong(frame[1..]));
                return null;
            case RelayFrameType.Pong:
                client.OnPong(frame[1..]);
                return null;
            default:
                // The same bytes go on, with the sender's proven id in the place of the destination.
                EndpointKey destination = EndpointKey.Read(frame[1..]);
                frame[0] = (byte)(type + TypeShift);
                client.Id.Write(frame[1..]);
                isPassedOn = true;
                clients.Forward(client, destination, message);
                return null;
        }
    }
}
